BEGIN TRANSACTION;
CREATE TABLE advice (
	place TEXT NOT NULL, 
	run_id TEXT NOT NULL, 
	campaign_id TEXT NOT NULL, 
	model TEXT NOT NULL, 
	answer TEXT NOT NULL, 
	response_id TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	CONSTRAINT pk_advice PRIMARY KEY (place)
)
 STRICT

;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0040');
CREATE TABLE assignments (
	reviewer TEXT NOT NULL, 
	campaign_id TEXT NOT NULL, 
	language TEXT NOT NULL, 
	due TEXT NOT NULL, 
	email TEXT NOT NULL, 
	assigned_by TEXT NOT NULL, 
	assigned_at TEXT NOT NULL, 
	CONSTRAINT pk_assignments PRIMARY KEY (reviewer, campaign_id, language)
)
 STRICT

;
CREATE TABLE attempts (
	id INTEGER NOT NULL, 
	run_id TEXT NOT NULL, 
	campaign_id TEXT NOT NULL, 
	spec_key TEXT NOT NULL, 
	edition INTEGER DEFAULT 1 NOT NULL, 
	attempt INTEGER NOT NULL, 
	spec TEXT NOT NULL, 
	parts TEXT, 
	raw TEXT, 
	response_id TEXT DEFAULT '' NOT NULL, 
	usage TEXT NOT NULL, 
	verdict TEXT, 
	created_at TEXT NOT NULL, refused_for TEXT, 
	CONSTRAINT pk_attempts PRIMARY KEY (id), 
	CONSTRAINT uq_attempts_campaign_id_spec_key_edition_attempt UNIQUE (campaign_id, spec_key, edition, attempt)
)
 STRICT

;
INSERT INTO "attempts" VALUES(1,'run-1','spring','61fdbd0968feed08',1,1,'{}',NULL,NULL,'','{}','{"findings": [{"check": "figures", "severity": "block"}], "receipts": []}','2026-11-02T09:00:00.000Z','figures');
INSERT INTO "attempts" VALUES(2,'run-1','spring','61fdbd0968feed08',1,2,'{}',NULL,NULL,'','{}','{"findings": [{"check": "echo", "severity": "block"}], "receipts": []}','2026-11-02T09:00:00.000Z','echo');
INSERT INTO "attempts" VALUES(3,'run-1','spring','61fdbd0968feed08',1,3,'{}',NULL,NULL,'','{}','{"findings": [], "receipts": []}','2026-11-02T09:00:00.000Z',NULL);
INSERT INTO "attempts" VALUES(4,'run-1','spring','7db43ec0b2b2a1d0',1,1,'{}',NULL,NULL,'','{}','{"findings": [{"check": "near-duplicate", "severity": "block"}], "receipts": []}','2026-11-02T09:00:00.000Z','near-duplicate');
CREATE TABLE author_aliases (
	alias TEXT NOT NULL, 
	author TEXT NOT NULL, 
	CONSTRAINT pk_author_aliases PRIMARY KEY (alias, author)
)
 STRICT

;
CREATE TABLE balances (
	scope TEXT NOT NULL, 
	scope_id TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	settled_micros INTEGER NOT NULL, 
	reserved_micros INTEGER NOT NULL, 
	CONSTRAINT pk_balances PRIMARY KEY (scope, scope_id, currency), 
	CONSTRAINT ck_balances_ck_balances_scope CHECK (scope IN ('run', 'campaign', 'month'))
)
 STRICT

;
INSERT INTO "balances" VALUES('run','run-1','USD',3356,2900);
INSERT INTO "balances" VALUES('campaign','spring','USD',3356,2900);
INSERT INTO "balances" VALUES('month','2026-10','USD',602,0);
INSERT INTO "balances" VALUES('month','2026-11','USD',2754,2900);
CREATE TABLE baselines (
	prompt_sha TEXT NOT NULL, 
	model TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	campaign_id TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	language TEXT NOT NULL, 
	claimed_at TEXT NOT NULL, 
	claimed_by TEXT NOT NULL, 
	text TEXT, 
	response_id TEXT, 
	usage TEXT, 
	CONSTRAINT pk_baselines PRIMARY KEY (prompt_sha, model, number), 
	CONSTRAINT ck_baselines_ck_baselines_paid CHECK ((text IS NULL) = (response_id IS NULL))
)
 STRICT

;
CREATE TABLE batch_requests (
	id TEXT NOT NULL, 
	batch_id TEXT NOT NULL, 
	place TEXT NOT NULL, 
	keep TEXT NOT NULL, 
	state TEXT DEFAULT 'open' NOT NULL, 
	CONSTRAINT pk_batch_requests PRIMARY KEY (id), 
	CONSTRAINT ck_batch_requests_ck_batch_requests_state CHECK (state IN ('open', 'answered', 'released', 'doubtful')), 
	CONSTRAINT fk_batch_requests_batch_id FOREIGN KEY(batch_id) REFERENCES provider_batches (id)
)
 STRICT

;
CREATE TABLE closings (
	period TEXT NOT NULL, 
	closed_at TEXT NOT NULL, 
	closed_by TEXT NOT NULL, 
	last_seq INTEGER NOT NULL, 
	last_hash TEXT NOT NULL, 
	CONSTRAINT pk_closings PRIMARY KEY (period)
)
 STRICT

;
INSERT INTO "closings" VALUES('2026-10','2026-11-02T09:00:01.000000Z','Ana',1,'da40ecefbf1df2f1ba5be08f72af80ac4f77baae6dc987bf03274074726129df');
CREATE TABLE coded_texts (
	verbatim_id TEXT NOT NULL, 
	coder TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	at TEXT NOT NULL, 
	basis TEXT NOT NULL, 
	response_id TEXT DEFAULT '' NOT NULL, 
	refused TEXT DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_coded_texts PRIMARY KEY (verbatim_id, coder)
)
 STRICT

;
CREATE TABLE codings (
	verbatim_id TEXT NOT NULL, 
	coder TEXT NOT NULL, 
	code TEXT NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	permille INTEGER, 
	CONSTRAINT pk_codings PRIMARY KEY (verbatim_id, coder, code)
)
 STRICT

;
CREATE TABLE draft_sums (
	period TEXT NOT NULL, 
	campaign_id TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	segment TEXT NOT NULL, 
	language TEXT NOT NULL, 
	tone TEXT NOT NULL, 
	provider TEXT NOT NULL, 
	model TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	accepted INTEGER NOT NULL, 
	drafts INTEGER NOT NULL, 
	cost_micros INTEGER NOT NULL, 
	pieces INTEGER NOT NULL, 
	CONSTRAINT pk_draft_sums PRIMARY KEY (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "draft_sums" VALUES('2026-10','spring','email','parents','fr','warm','openai','gpt-5-mini','USD','figures',0,1,602,0);
INSERT INTO "draft_sums" VALUES('2026-11','spring','email','parents','fr','warm','embedded','qwen','EUR','',1,1,0,1);
INSERT INTO "draft_sums" VALUES('2026-11','spring','email','parents','fr','warm','openai','gpt-5-mini','USD','',1,1,602,1);
INSERT INTO "draft_sums" VALUES('2026-11','spring','email','parents','fr','warm','openai','gpt-5-mini','USD','echo',0,1,602,0);
INSERT INTO "draft_sums" VALUES('2026-11','spring','email','parents','fr','warm','openai','gpt-5-mini','USD','figures',0,2,1302,0);
INSERT INTO "draft_sums" VALUES('2026-11','spring','social','parents','de','warm','openai','gpt-4o-mini','USD','near-duplicate',0,1,248,0);
CREATE TABLE entry_sums (
	period TEXT NOT NULL, 
	campaign_id TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	segment TEXT NOT NULL, 
	language TEXT NOT NULL, 
	tone TEXT NOT NULL, 
	provider TEXT NOT NULL, 
	model TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	allocation TEXT NOT NULL, 
	entries INTEGER NOT NULL, 
	calls INTEGER NOT NULL, 
	unknown INTEGER NOT NULL, 
	nameless INTEGER NOT NULL, 
	repeated INTEGER NOT NULL, 
	overrun INTEGER NOT NULL, 
	late INTEGER NOT NULL, 
	input_tokens INTEGER NOT NULL, 
	cached_tokens INTEGER NOT NULL, 
	output_tokens INTEGER NOT NULL, 
	reasoning_tokens INTEGER NOT NULL, 
	latency_ms INTEGER NOT NULL, 
	cost_micros INTEGER NOT NULL, 
	saved_seconds_low INTEGER NOT NULL, 
	saved_seconds_expected INTEGER NOT NULL, 
	saved_seconds_high INTEGER NOT NULL, 
	saved_micros_low INTEGER NOT NULL, 
	saved_micros_expected INTEGER NOT NULL, 
	saved_micros_high INTEGER NOT NULL, 
	CONSTRAINT pk_entry_sums PRIMARY KEY (period, campaign_id, channel, segment, language, tone, provider, model, purpose, kind, currency, allocation)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "entry_sums" VALUES('2026-10','spring','email','parents','fr','warm','openai','gpt-5-mini','draft','call','USD','pieces',1,1,0,0,0,0,0,900,100,200,50,1250,602,0,0,0,0,0,0);
INSERT INTO "entry_sums" VALUES('2026-11','','','','','','','','closing','memo','','unallocated',1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0);
INSERT INTO "entry_sums" VALUES('2026-11','spring','','','','','','','doubt','memo','','shared by a campaign',1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0);
INSERT INTO "entry_sums" VALUES('2026-11','spring','','','','','','','piece','memo','','pieces',3,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0);
INSERT INTO "entry_sums" VALUES('2026-11','spring','','','','','','','reinvested','memo','','shared by a campaign',1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0);
INSERT INTO "entry_sums" VALUES('2026-11','spring','','','','','','','void','memo','','shared by a campaign',1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0);
INSERT INTO "entry_sums" VALUES('2026-11','spring','email','parents','fr','warm','','','review','memo','EUR','pieces',1,0,0,0,0,0,0,0,0,0,0,0,0,510,210,-90,6800000,2800000,-1200000);
INSERT INTO "entry_sums" VALUES('2026-11','spring','email','parents','fr','warm','','','saving','memo','EUR','pieces',2,0,0,0,0,0,0,0,0,0,0,0,0,1620,3600,6600,21600000,48000000,88000000);
INSERT INTO "entry_sums" VALUES('2026-11','spring','email','parents','fr','warm','embedded','qwen','draft','call','EUR','pieces',1,1,0,0,0,0,0,900,100,200,50,1250,0,0,0,0,0,0,0);
INSERT INTO "entry_sums" VALUES('2026-11','spring','email','parents','fr','warm','localhost:11434','llama','draft','call','','pieces',1,1,1,0,0,0,0,900,100,200,50,1250,0,0,0,0,0,0,0);
INSERT INTO "entry_sums" VALUES('2026-11','spring','email','parents','fr','warm','openai','gpt-5-mini','draft','call','USD','pieces',4,4,0,0,1,0,1,3600,400,800,200,5000,2408,0,0,0,0,0,0);
INSERT INTO "entry_sums" VALUES('2026-11','spring','email','parents','fr','warm','openai','gpt-5-mini','draft','correction','USD','pieces',1,0,0,0,0,0,1,0,0,0,0,0,98,0,0,0,0,0,0);
INSERT INTO "entry_sums" VALUES('2026-11','spring','social','parents','de','warm','openai','gpt-4o-mini','draft','call','USD','pieces',1,1,0,0,0,0,0,900,100,200,50,1250,248,0,0,0,0,0,0);
CREATE TABLE experiment_figures (
	experiment_id TEXT NOT NULL, 
	source TEXT NOT NULL, 
	day TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	arm TEXT NOT NULL, 
	impressions INTEGER NOT NULL, 
	clicks INTEGER NOT NULL, 
	conversions INTEGER NOT NULL, 
	revenue_micros INTEGER, 
	imported_at TEXT NOT NULL, 
	file_sha TEXT NOT NULL, 
	CONSTRAINT pk_experiment_figures PRIMARY KEY (experiment_id, source, day, number)
)
 STRICT

;
CREATE TABLE experiments (
	id TEXT NOT NULL, 
	campaign_id TEXT NOT NULL, 
	started_at TEXT NOT NULL, 
	design TEXT NOT NULL, 
	CONSTRAINT pk_experiments PRIMARY KEY (id)
)
 STRICT

;
CREATE TABLE forgotten_authors (
	author_sha TEXT NOT NULL, 
	forgotten_at TEXT NOT NULL, 
	CONSTRAINT pk_forgotten_authors PRIMARY KEY (author_sha)
)
 STRICT

;
CREATE TABLE human_reviews (
	entry_id TEXT NOT NULL, 
	piece_id TEXT NOT NULL, 
	reviewed_at TEXT NOT NULL, 
	reviewed_by TEXT NOT NULL, 
	decision TEXT NOT NULL, 
	accuracy INTEGER NOT NULL, 
	plausibility INTEGER NOT NULL, 
	sources INTEGER NOT NULL, 
	seconds INTEGER NOT NULL, 
	ai_share TEXT NOT NULL, 
	text_sha256 TEXT NOT NULL, 
	CONSTRAINT pk_human_reviews PRIMARY KEY (entry_id), 
	CONSTRAINT fk_human_reviews_entry_id_ledger_entries FOREIGN KEY(entry_id) REFERENCES ledger_entries (id)
)
 STRICT

;
CREATE TABLE leases (
	place TEXT NOT NULL, 
	holder TEXT NOT NULL, 
	until TEXT NOT NULL, 
	CONSTRAINT pk_leases PRIMARY KEY (place)
)
 STRICT

;
CREATE TABLE ledger_entries (
	seq INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	recorded_at TEXT NOT NULL, 
	occurred_at TEXT NOT NULL, 
	period TEXT NOT NULL, 
	run_id TEXT, 
	campaign_id TEXT, 
	spec_key TEXT, 
	edition INTEGER NOT NULL, 
	channel TEXT, 
	segment TEXT, 
	language TEXT, 
	tone TEXT, 
	attempt INTEGER, 
	purpose TEXT NOT NULL, 
	provider TEXT, 
	model TEXT, 
	response_id TEXT, 
	reservation_id TEXT, 
	outcome TEXT, 
	input_tokens INTEGER NOT NULL, 
	cached_tokens INTEGER NOT NULL, 
	output_tokens INTEGER NOT NULL, 
	reasoning_tokens INTEGER NOT NULL, 
	latency_ms INTEGER, 
	cost_micros INTEGER, 
	currency TEXT, 
	input_price TEXT, 
	cached_price TEXT, 
	output_price TEXT, 
	price_date TEXT, 
	price_tier TEXT, 
	price_source TEXT, 
	price_note TEXT, 
	saved_seconds_low INTEGER, 
	saved_seconds_expected INTEGER, 
	saved_seconds_high INTEGER, 
	saved_micros_low INTEGER, 
	saved_micros_expected INTEGER, 
	saved_micros_high INTEGER, 
	corrects TEXT, 
	note TEXT, 
	details TEXT, 
	prev_hash TEXT NOT NULL, 
	hash TEXT NOT NULL, cache_write_tokens INTEGER CONSTRAINT ck_ledger_entries_cache_write CHECK (cache_write_tokens IS NULL OR (cache_write_tokens > 0 AND cache_write_tokens + cached_tokens <= input_tokens)), cache_write_price TEXT, 
	CONSTRAINT pk_ledger_entries PRIMARY KEY (seq), 
	CONSTRAINT ck_ledger_entries_ck_ledger_entries_correction CHECK ((kind = 'correction') = (corrects IS NOT NULL)), 
	CONSTRAINT ck_ledger_entries_ck_ledger_entries_memo CHECK ((kind = 'memo') = (saved_seconds_expected IS NOT NULL) AND (kind <> 'memo' OR cost_micros IS NULL) AND (purpose <> 'saving' OR (saved_seconds_low <= saved_seconds_expected AND saved_seconds_expected <= saved_seconds_high))), 
	CONSTRAINT ck_ledger_entries_ck_ledger_entries_call CHECK (kind <> 'call' OR (provider IS NOT NULL AND model IS NOT NULL AND reservation_id IS NOT NULL AND 0 <= cached_tokens AND cached_tokens <= input_tokens AND 0 <= reasoning_tokens AND reasoning_tokens <= output_tokens)), 
	CONSTRAINT ck_ledger_entries_ck_ledger_entries_kind CHECK (kind IN ('call', 'correction', 'memo')), 
	CONSTRAINT ck_ledger_entries_ck_ledger_entries_money CHECK (cost_micros IS NULL OR currency IS NOT NULL), 
	CONSTRAINT fk_ledger_entries_corrects FOREIGN KEY(corrects) REFERENCES ledger_entries (id), 
	CONSTRAINT uq_ledger_entries_hash UNIQUE (hash), 
	CONSTRAINT uq_ledger_entries_id UNIQUE (id), 
	CONSTRAINT uq_ledger_entries_prev_hash UNIQUE (prev_hash), 
	CONSTRAINT uq_ledger_entries_provider_response_id UNIQUE (provider, response_id), 
	CONSTRAINT uq_ledger_entries_reservation_id UNIQUE (reservation_id)
)
 STRICT

;
INSERT INTO "ledger_entries" VALUES(1,'8d66bd373d614b1f94d207e2ac0716c4','call','2026-10-30T09:00:02.000000Z','2026-10-30T09:00:01.000000Z','2026-10','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini','r1','81cf8b2c38664cbeb2d1503a7e08af3b','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-10-30','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"reservation":"4d79c7174da7a2dfbb1a8e4fd9db9181bfc6267e9145ee48b8ddcfbf3daf0ae3"}','','da40ecefbf1df2f1ba5be08f72af80ac4f77baae6dc987bf03274074726129df',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(2,'e15d363f843f4687b8687b6bdcbccc2e','memo','2026-11-02T09:00:01.000000Z','2026-11-02T09:00:01.000000Z','2026-11',NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'closing',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"closed_by":"Ana","digest":"4a755c8531863d5ef94e53e3c5ff6809acf6ccaa755c52eeca355a76415bc8de","month":"2026-10","rates":[]}','da40ecefbf1df2f1ba5be08f72af80ac4f77baae6dc987bf03274074726129df','f83a73504085b74a25db3904c2e2fb94d2824e04cd6b9b5b077867c8e759698a',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(3,'c4349b8cc9324aeabf972267b4380680','call','2026-11-02T09:00:02.000000Z','2026-10-30T09:00:03.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',2,'draft','openai','gpt-5-mini','r2','a728f8bf88fa490d88672afa01913895','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-10-30','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'belongs to 2026-10, which is closed','{"reservation":"262a5af20bf839c9e46344fd34a70df27b648a075daf3c7483c5668afc965f92"}','f83a73504085b74a25db3904c2e2fb94d2824e04cd6b9b5b077867c8e759698a','45123d1472c8b877163c82eac09cf6a24a2a0d07aab6230427d42c16aebbd2db',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(4,'9c34ef8c43654d0ababca46373f6b788','call','2026-11-02T09:00:04.000000Z','2026-11-02T09:00:03.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',3,'draft','openai','gpt-5-mini','r3','76be117bbe22416788f96e4963bfcbd7','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"reservation":"26b257cfe44c9ee5f371952f4f8214e0d31216327d8d5e3e52c53d2d7cc87188"}','45123d1472c8b877163c82eac09cf6a24a2a0d07aab6230427d42c16aebbd2db','b988347d1aca94c332b24bff901de5700ed515d1f782ef4553bcbb4872b1b908',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(5,'d4ec34286e754b50920f8edf51eaa58f','call','2026-11-02T09:00:06.000000Z','2026-11-02T09:00:05.000000Z','2026-11','run-1','spring','7db43ec0b2b2a1d0',1,'social','parents','de','warm',1,'draft','openai','gpt-4o-mini','r4','e757eb8865674a5fa727f0eac4d59643','answered',900,100,200,50,1250,248,'USD','0.15','0.075','0.6','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-4o-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"reservation":"b8cc759cd75b6f6a11c619a4eab6e3e9370ea8c2e60a5210660b5f9bf0d1f099"}','b988347d1aca94c332b24bff901de5700ed515d1f782ef4553bcbb4872b1b908','61b2b3d0cc4b7330c6670dc7d6f27f457d9514ca0666a6a46aec80f65632cad0',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(6,'4792514e746e494f8e1e174b7294ece6','call','2026-11-02T09:00:08.000000Z','2026-11-02T09:00:07.000000Z','2026-11','run-1','spring','5519dfd960466f45',1,'email','parents','fr','warm',1,'draft','embedded','qwen','r5','0a657a4f10774e7fb75e0767d5cfd94c','answered',900,100,200,50,1250,0,'EUR','0','0','0','2026-11-02','standard','zero','computed on this machine by the embedded model; nobody bills it',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"reservation":"fbb1d19b36ac143d7ed5beff3ec6aeea1c78bae3f6e90d98bc6f809ec058bd79"}','61b2b3d0cc4b7330c6670dc7d6f27f457d9514ca0666a6a46aec80f65632cad0','e3dcc6bbcba50b5d1ae64dc6c9e00a1bcb461f1031c17ff687deafc5065b3392',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(7,'3bb8dbc68e8b446d8dfd643ad8c167e2','call','2026-11-02T09:00:10.000000Z','2026-11-02T09:00:09.000000Z','2026-11','run-1','spring','006d6fe3dd6bbcc8',1,'email','parents','fr','warm',1,'draft','localhost:11434','llama','r6','a0b20e62000d4ae5889400f63d5d9c27','answered',900,100,200,50,1250,NULL,NULL,NULL,NULL,NULL,'2026-11-02','standard','genai-prices 0.2.3','no list price of ''llama'' at ''localhost:11434'' is known',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"reservation":"ee969c5fb3c64bbf7c10f46f4e16518dda4db353ef133ece13c34cae089ec4a3"}','e3dcc6bbcba50b5d1ae64dc6c9e00a1bcb461f1031c17ff687deafc5065b3392','7159281c372d1e80b214d162e1987cf4843ae3712a0e25a2cf3d73ce537156a2',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(8,'092addd4b5d94842ad366e2bdfc3f38d','call','2026-11-02T09:00:12.000000Z','2026-11-02T09:00:11.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini','r6b','2e709abbe26b4d45b1b3fdf985424f1a','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"reservation":"1bb5824104216f7462fd1a73b09808e1a236d950a5ae4272f2f8346b58ad1f4c"}','7159281c372d1e80b214d162e1987cf4843ae3712a0e25a2cf3d73ce537156a2','856ffdd8eb6a0590190a7a62708ef4b89f75aec83bc5b928ebf12e62a403793d',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(9,'f743663a0e9647a3a58d848681e094f2','call','2026-11-02T09:00:14.000000Z','2026-11-02T09:00:13.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini','r3~9','393739d41fd14db788bf0a4f32db2b45','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'the provider gave this response id before','{"reservation":"db769e81127e801b80b23e7d9e10e9de3cbdcf1f48279a6fbc37e8c11fbe045a"}','856ffdd8eb6a0590190a7a62708ef4b89f75aec83bc5b928ebf12e62a403793d','8bff53a3adb6870157893b1dbdf86f191a07477faf73565f480c3de5a2eaf867',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(10,'fc92e56c882d4370ae3fa49ac85dfa23','correction','2026-11-02T09:00:15.000000Z','2026-10-30T09:00:01.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini',NULL,NULL,NULL,0,0,0,0,NULL,98,'USD',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'8d66bd373d614b1f94d207e2ac0716c4','invoice 12; belongs to 2026-10, which is closed',NULL,'8bff53a3adb6870157893b1dbdf86f191a07477faf73565f480c3de5a2eaf867','e2f4a9671aab3e6f1e8869b86fcbb631d8117017919f7c36eb45b0677e030fa8',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(11,'646987ab09784837982f6136f02b368a','memo','2026-11-30T06:06:51.443421Z','2026-11-30T06:06:51.443421Z','2026-11','run-1','spring','61fdbd0968feed08',1,NULL,NULL,NULL,NULL,NULL,'piece',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"digest":"e92afc3f015d83cea1433b919c58dbcb9505d3185632a9ec8ddb4506d6fc0de6","drafts":{"1":"e81f44b97698e1522e051021031b38608c261d9fc2f29a552760b93e781d719d","2":"576940246d6dbd70ba878602ab77b2f454bb8d3e7e57439fa1d4267da15ebd86","3":"f3bcca63cd6939d9483cfbdbda56f8b5779182ae6597edeeb4839f17e02244c1"},"status":"accepted","text":"e3b98a4da31a127d4bde6e43033f66ba274cab0eb7eb1c70ec41402bf6273dd8"}','e2f4a9671aab3e6f1e8869b86fcbb631d8117017919f7c36eb45b0677e030fa8','a54a0ea395940dbae18d2000a5423528d0aac97e5f7c453e6b987b49c1dd6f0f',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(12,'f37da091f0e848caacd8632654cbd743','memo','2026-11-30T06:06:51.444355Z','2026-11-30T06:06:51.444355Z','2026-11','run-1','spring','7db43ec0b2b2a1d0',1,NULL,NULL,NULL,NULL,NULL,'piece',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"digest":"743c1680a0f2667e6b768ecaec9a1fb1dbc155e4f471dca64a0eb1f4dfac66b0","drafts":{"1":"fa4176a4cd6569ee2b316b3291379da56d1f7f63443f893a1ac0a13ceb26f0b4"},"status":"parked","text":"e3b98a4da31a127d4bde6e43033f66ba274cab0eb7eb1c70ec41402bf6273dd8"}','a54a0ea395940dbae18d2000a5423528d0aac97e5f7c453e6b987b49c1dd6f0f','dcb14a077eee33c5eb145de0bde9251495db708fedfdd16b156513ce6b33463c',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(13,'c2aeb089c08d44be86fdb00e759ff74e','memo','2026-11-30T06:06:51.461323Z','2026-11-30T06:06:51.461323Z','2026-11','run-1','spring','5519dfd960466f45',1,NULL,NULL,NULL,NULL,NULL,'piece',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"digest":"eb408d6d20992d22dc846ad0a2eb0f73c0218348de06f72281441d8f83996048","status":"accepted","text":"e3b98a4da31a127d4bde6e43033f66ba274cab0eb7eb1c70ec41402bf6273dd8"}','dcb14a077eee33c5eb145de0bde9251495db708fedfdd16b156513ce6b33463c','b58813fd64d66d576b3bba0b59e973387b2bdf29413d50ab420602f46ff206b6',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(14,'96dcb8b1865641bf9069906dbaaae2b1','memo','2026-11-02T09:00:16.000000Z','2026-11-02T09:00:00.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',NULL,'saving',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1800,3000,5100,24000000,40000000,68000000,NULL,NULL,'{"baseline":{"adaptation_minutes":{"expected":"20","high":"30","low":"12"},"agency_price":null,"agency_share":"0.25","approved_by":"Chief financial officer","channel":"email","currency":"EUR","dated":"2026-07-01","days_to_market":null,"hourly_rate":"48","language":"fr","review_minutes":{"expected":"10","high":"15","low":"5"},"source":"time sheets, first half of 2026","writing_minutes":{"expected":"60","high":"90","low":"45"}},"first_of_channel_and_language":true,"spent_is_measured":false,"spent_seconds":[300,600,900],"work_seconds":[2700,3600,5400]}','b58813fd64d66d576b3bba0b59e973387b2bdf29413d50ab420602f46ff206b6','a02cbc933f2587a53a3c612b0a38f463b695c366c6f248747a7ea16fe811e5db',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(15,'eafac8e6705a4be1ad5732f5e38ddef1','memo','2026-11-02T09:00:17.000000Z','2026-11-02T09:00:00.000000Z','2026-11','run-1','spring','5519dfd960466f45',1,'email','parents','fr','warm',NULL,'saving',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,-180,600,1500,-2400000,8000000,20000000,NULL,NULL,'{"baseline":{"adaptation_minutes":{"expected":"20","high":"30","low":"12"},"agency_price":null,"agency_share":"0.25","approved_by":"Chief financial officer","channel":"email","currency":"EUR","dated":"2026-07-01","days_to_market":null,"hourly_rate":"48","language":"fr","review_minutes":{"expected":"10","high":"15","low":"5"},"source":"time sheets, first half of 2026","writing_minutes":{"expected":"60","high":"90","low":"45"}},"first_of_channel_and_language":false,"spent_is_measured":false,"spent_seconds":[300,600,900],"work_seconds":[720,1200,1800]}','a02cbc933f2587a53a3c612b0a38f463b695c366c6f248747a7ea16fe811e5db','29c90b9e9c1fefc7488681494a0779896a37338c61697869fb6ffd9b2e4cc62d',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(16,'189cd0de6dd34bbb9523394016adf500','memo','2026-11-02T09:00:18.000000Z','2026-11-02T09:00:00.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',NULL,'review',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,510,210,-90,6800000,2800000,-1200000,NULL,NULL,'{"by":"Ana","measured_seconds":390,"saving":"96dcb8b1865641bf9069906dbaaae2b1"}','29c90b9e9c1fefc7488681494a0779896a37338c61697869fb6ffd9b2e4cc62d','50a0760fe9ab2861a797fc1aef7f651c46174b8cbfe54ab2a25940b82d62b78a',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(17,'9097a3d751334360824ae6b9cc971654','memo','2026-11-02T09:00:19.000000Z','2026-11-02T09:00:19.000000Z','2026-11',NULL,'spring',NULL,1,NULL,NULL,NULL,NULL,NULL,'reinvested',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"by":"Ana","reinvested_seconds":1200}','50a0760fe9ab2861a797fc1aef7f651c46174b8cbfe54ab2a25940b82d62b78a','129ceb1afe1b040459dc35e0c2596ebd95e7402e864ab1f77c6da4f38b3799f8',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(18,'0382b8d9ab614d659af65ebec164ebc9','memo','2026-11-02T09:00:21.000000Z','2026-11-02T09:00:21.000000Z','2026-11','run-1','spring',NULL,1,NULL,NULL,NULL,NULL,NULL,'void',NULL,NULL,NULL,'db4d46ab853b402f8a1f82c4f4e42894',NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"digest":"91fabdb462d0a88c581f52803cbd4911bbbb86559bb6eaaec9fb050a45634dd3","reason":"Throttled","reservation":"3faeee101540698f490e0dc3d931b08a608568bba3796d8134c6df32b4ba7e9b"}','129ceb1afe1b040459dc35e0c2596ebd95e7402e864ab1f77c6da4f38b3799f8','597fbc1a4aa2a40f95cb8f886e134513ec0a95d4563267920123a2a15a7d4570',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(19,'81db3c30a78644789691d2e3a9305f28','memo','2026-11-02T09:00:23.000000Z','2026-11-02T09:00:23.000000Z','2026-11','run-1','spring',NULL,1,NULL,NULL,NULL,NULL,NULL,'doubt',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"of":"9d2354299d8f454fbda4518807139e12","reason":"timeout"}','597fbc1a4aa2a40f95cb8f886e134513ec0a95d4563267920123a2a15a7d4570','c8d2421713b9247c948a175994f5dfa4440aa5945be96be267b727f744b9967b',NULL,NULL);
CREATE TABLE observations (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	place_id TEXT NOT NULL, 
	format TEXT NOT NULL, 
	started_at TEXT NOT NULL, 
	ended_at TEXT, 
	read INTEGER DEFAULT 0 NOT NULL, 
	added INTEGER DEFAULT 0 NOT NULL, 
	cut TEXT, 
	redactions TEXT DEFAULT '{}' NOT NULL
)
 STRICT

;
CREATE TABLE pace (
	bucket TEXT NOT NULL, 
	second INTEGER NOT NULL, 
	requests INTEGER NOT NULL, 
	tokens INTEGER NOT NULL, 
	CONSTRAINT pk_pace PRIMARY KEY (bucket, second)
)
 STRICT

;
CREATE TABLE pauses (
	bucket TEXT NOT NULL, 
	until TEXT NOT NULL, 
	CONSTRAINT pk_pauses PRIMARY KEY (bucket)
)
 STRICT

;
CREATE TABLE pieces (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	run_id TEXT NOT NULL, 
	campaign_id TEXT NOT NULL, 
	spec_key TEXT NOT NULL, 
	edition INTEGER DEFAULT 1 NOT NULL, 
	brief_sha TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	status TEXT NOT NULL, 
	spec TEXT NOT NULL, 
	parts TEXT NOT NULL, 
	text TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	created_at TEXT NOT NULL, 
	decided_at TEXT, 
	decided_by TEXT, 
	comment TEXT, approval TEXT, prompt_sha TEXT, 
	CONSTRAINT uq_pieces_campaign_id_spec_key_edition UNIQUE (campaign_id, spec_key, edition), 
	CONSTRAINT uq_pieces_id UNIQUE (id)
)
 STRICT

;
INSERT INTO "pieces" VALUES(1,'61fdbd0968feed08-1','run-1','spring','61fdbd0968feed08',1,'b','s','accepted','{}','{}','t','{"findings":[],"receipts":[]}',3,'','2026-11-02T09:00:00.000Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "pieces" VALUES(2,'7db43ec0b2b2a1d0-1','run-1','spring','7db43ec0b2b2a1d0',1,'b','s','parked','{}','{}','t','{"findings":[],"receipts":[]}',1,'','2026-11-02T09:00:00.000Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "pieces" VALUES(3,'5519dfd960466f45-1','run-1','spring','5519dfd960466f45',1,'b','s','accepted','{}','{}','t','{"findings":[],"receipts":[]}',1,'','2026-11-02T09:00:00.000Z',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE provider_batches (
	id TEXT NOT NULL, 
	run_id TEXT NOT NULL, 
	campaign_id TEXT NOT NULL, 
	round INTEGER NOT NULL, 
	address TEXT NOT NULL, 
	model TEXT NOT NULL, 
	prepared_at TEXT NOT NULL, 
	provider_id TEXT, 
	submitted_at TEXT, 
	ended_at TEXT, 
	ending TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_provider_batches PRIMARY KEY (id)
)
 STRICT

;
CREATE TABLE quiz_answers (
	id TEXT NOT NULL, 
	quiz_id TEXT NOT NULL, 
	answered_at TEXT NOT NULL, 
	kept_at TEXT NOT NULL, 
	language TEXT NOT NULL, 
	source TEXT NOT NULL, 
	answers TEXT NOT NULL, 
	consent_version TEXT NOT NULL, 
	consent_text TEXT NOT NULL, 
	CONSTRAINT pk_quiz_answers PRIMARY KEY (id)
)
 STRICT

;
CREATE TABLE quiz_decisions (
	quiz_id TEXT NOT NULL, 
	proposal TEXT NOT NULL, 
	decision TEXT NOT NULL, 
	decided_by TEXT NOT NULL, 
	decided_at TEXT NOT NULL, 
	people INTEGER NOT NULL, 
	asked INTEGER NOT NULL, 
	CONSTRAINT pk_quiz_decisions PRIMARY KEY (quiz_id, proposal), 
	CONSTRAINT ck_quiz_decisions_ck_quiz_decisions_decision CHECK (decision IN ('accepted', 'rejected'))
)
 STRICT

;
CREATE TABLE requests (
	run_id TEXT NOT NULL, 
	asked_by TEXT NOT NULL, 
	asked_at TEXT NOT NULL, 
	form TEXT NOT NULL, 
	CONSTRAINT pk_requests PRIMARY KEY (run_id, asked_by)
)
 STRICT

;
CREATE TABLE reservations (
	id TEXT NOT NULL, 
	reserved_at TEXT NOT NULL, 
	closed_at TEXT, 
	state TEXT NOT NULL, 
	run_id TEXT, 
	campaign_id TEXT, 
	period TEXT NOT NULL, 
	call TEXT NOT NULL, 
	estimate_micros INTEGER, 
	currency TEXT, 
	reason TEXT, number INTEGER, hash TEXT, 
	CONSTRAINT pk_reservations PRIMARY KEY (id), 
	CONSTRAINT ck_reservations_ck_reservations_closed CHECK ((state IN ('settled', 'voided')) = (closed_at IS NOT NULL)), 
	CONSTRAINT ck_reservations_ck_reservations_state CHECK (state IN ('open', 'settled', 'voided', 'possibly_billed'))
)
 STRICT

;
INSERT INTO "reservations" VALUES('81cf8b2c38664cbeb2d1503a7e08af3b','2026-10-30T09:00:01.000000Z','2026-10-30T09:00:02.000000Z','settled','run-1','spring','2026-10','{"attempt":1,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL,1,'4d79c7174da7a2dfbb1a8e4fd9db9181bfc6267e9145ee48b8ddcfbf3daf0ae3');
INSERT INTO "reservations" VALUES('a728f8bf88fa490d88672afa01913895','2026-10-30T09:00:03.000000Z','2026-11-02T09:00:02.000000Z','settled','run-1','spring','2026-10','{"attempt":2,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',1450,'USD',NULL,2,'262a5af20bf839c9e46344fd34a70df27b648a075daf3c7483c5668afc965f92');
INSERT INTO "reservations" VALUES('76be117bbe22416788f96e4963bfcbd7','2026-11-02T09:00:03.000000Z','2026-11-02T09:00:04.000000Z','settled','run-1','spring','2026-11','{"attempt":3,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL,3,'26b257cfe44c9ee5f371952f4f8214e0d31216327d8d5e3e52c53d2d7cc87188');
INSERT INTO "reservations" VALUES('e757eb8865674a5fa727f0eac4d59643','2026-11-02T09:00:05.000000Z','2026-11-02T09:00:06.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","candidates":1,"channel":"social","edition":1,"language":"de","model":"gpt-4o-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"7db43ec0b2b2a1d0","tier":"standard","tone":"warm"}',255,'USD',NULL,4,'b8cc759cd75b6f6a11c619a4eab6e3e9370ea8c2e60a5210660b5f9bf0d1f099');
INSERT INTO "reservations" VALUES('0a657a4f10774e7fb75e0767d5cfd94c','2026-11-02T09:00:07.000000Z','2026-11-02T09:00:08.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"qwen","place":"","prompts":"","provider":"embedded","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"5519dfd960466f45","tier":"standard","tone":"warm"}',0,'EUR',NULL,5,'fbb1d19b36ac143d7ed5beff3ec6aeea1c78bae3f6e90d98bc6f809ec058bd79');
INSERT INTO "reservations" VALUES('a0b20e62000d4ae5889400f63d5d9c27','2026-11-02T09:00:09.000000Z','2026-11-02T09:00:10.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"llama","place":"","prompts":"","provider":"localhost:11434","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"006d6fe3dd6bbcc8","tier":"standard","tone":"warm"}',NULL,NULL,NULL,6,'ee969c5fb3c64bbf7c10f46f4e16518dda4db353ef133ece13c34cae089ec4a3');
INSERT INTO "reservations" VALUES('2e709abbe26b4d45b1b3fdf985424f1a','2026-11-02T09:00:11.000000Z','2026-11-02T09:00:12.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL,7,'1bb5824104216f7462fd1a73b09808e1a236d950a5ae4272f2f8346b58ad1f4c');
INSERT INTO "reservations" VALUES('393739d41fd14db788bf0a4f32db2b45','2026-11-02T09:00:13.000000Z','2026-11-02T09:00:14.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL,8,'db769e81127e801b80b23e7d9e10e9de3cbdcf1f48279a6fbc37e8c11fbe045a');
INSERT INTO "reservations" VALUES('db4d46ab853b402f8a1f82c4f4e42894','2026-11-02T09:00:20.000000Z','2026-11-02T09:00:21.000000Z','voided','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',22,'USD','Throttled',9,'3faeee101540698f490e0dc3d931b08a608568bba3796d8134c6df32b4ba7e9b');
INSERT INTO "reservations" VALUES('9d2354299d8f454fbda4518807139e12','2026-11-02T09:00:22.000000Z',NULL,'possibly_billed','run-1','spring','2026-11','{"attempt":4,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',1450,'USD','timeout',10,'5430d4eb9b7791dd1f22d9ffa95d1ff398628debd30e166ee2c535261882f004');
INSERT INTO "reservations" VALUES('986dff10775a4dbb858aee36ea56cf8b','2026-11-02T09:00:24.000000Z',NULL,'open','run-1','spring','2026-11','{"attempt":2,"campaign_id":"spring","candidates":1,"channel":"social","edition":1,"language":"de","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"7db43ec0b2b2a1d0","tier":"standard","tone":"warm"}',1450,'USD',NULL,11,'2af3619befc6a412d73c7ceb2b1c816346f3e713d42fa10d3356a1ba4ee6a98e');
CREATE TABLE reviews (
	run_id TEXT NOT NULL, 
	round INTEGER NOT NULL, 
	requested_at TEXT NOT NULL, 
	answered_at TEXT, 
	decision TEXT, 
	reviewer TEXT, 
	seconds INTEGER, 
	comment TEXT, 
	CONSTRAINT pk_reviews PRIMARY KEY (run_id, round), 
	CONSTRAINT ck_reviews_ck_reviews_answered CHECK ((answered_at IS NULL) = (decision IS NULL))
)
 STRICT

;
CREATE TABLE revisions (
	piece_id TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	parts TEXT NOT NULL, 
	written_by TEXT NOT NULL, 
	written_at TEXT NOT NULL, 
	reason TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_revisions PRIMARY KEY (piece_id, number)
)
 STRICT

;
CREATE TABLE runs (
	id TEXT NOT NULL, 
	campaign_id TEXT NOT NULL, 
	brief_sha TEXT NOT NULL, 
	started_at TEXT NOT NULL, 
	ended_at TEXT, 
	state TEXT NOT NULL, 
	model TEXT NOT NULL, 
	options TEXT DEFAULT '{}' NOT NULL, 
	CONSTRAINT pk_runs PRIMARY KEY (id)
)
 STRICT

;
CREATE TABLE saving_sums (
	period TEXT NOT NULL, 
	campaign_id TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	hourly_rate TEXT NOT NULL, 
	agency_price TEXT NOT NULL, 
	agency_share TEXT NOT NULL, 
	review_seconds INTEGER NOT NULL, 
	days_to_market TEXT NOT NULL, 
	since TEXT NOT NULL, 
	pieces INTEGER NOT NULL, 
	work_seconds INTEGER NOT NULL, 
	measured_pieces INTEGER NOT NULL, 
	measured_seconds INTEGER NOT NULL, 
	reinvestments INTEGER NOT NULL, 
	reinvested_seconds INTEGER NOT NULL, 
	CONSTRAINT pk_saving_sums PRIMARY KEY (period, campaign_id, currency, hourly_rate, agency_price, agency_share, review_seconds, days_to_market, since)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "saving_sums" VALUES('2026-11','spring','','','','',0,'','',0,0,0,0,1,1200);
INSERT INTO "saving_sums" VALUES('2026-11','spring','EUR','48','','',600,'','2026-11-02',2,4800,1,390,0,0);
CREATE TABLE studio_looks (
	person TEXT NOT NULL, 
	piece_id TEXT NOT NULL, 
	looked_at TEXT NOT NULL, 
	CONSTRAINT pk_studio_looks PRIMARY KEY (person, piece_id)
)
 STRICT

;
CREATE TABLE studio_users (
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	password_hash TEXT NOT NULL, 
	added_at TEXT NOT NULL, 
	CONSTRAINT pk_studio_users PRIMARY KEY (name), 
	CONSTRAINT ck_studio_users_role CHECK (role IN ('marketer', 'reviewer', 'finance', 'admin'))
)
 STRICT

;
CREATE TABLE vectors (
	piece_id TEXT NOT NULL, 
	model TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	dimensions INTEGER NOT NULL, 
	data BLOB NOT NULL, 
	CONSTRAINT pk_vectors PRIMARY KEY (piece_id), 
	CONSTRAINT fk_vectors_piece_id FOREIGN KEY(piece_id) REFERENCES pieces (id) ON DELETE CASCADE
)
 STRICT

;
CREATE TABLE verbatims (
	seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	id TEXT NOT NULL, 
	place_id TEXT NOT NULL, 
	author TEXT NOT NULL, 
	at TEXT NOT NULL, 
	language TEXT, 
	text TEXT NOT NULL, 
	reply_to TEXT, 
	consent INTEGER DEFAULT 0 NOT NULL, 
	observation_id INTEGER, 
	CONSTRAINT uq_verbatims_id UNIQUE (id)
)
 STRICT

;
CREATE INDEX ix_ledger_entries_campaign_id_spec_key ON ledger_entries (campaign_id, spec_key);
CREATE INDEX ix_ledger_entries_corrects ON ledger_entries (corrects);
CREATE INDEX ix_ledger_entries_period ON ledger_entries (period);
CREATE INDEX ix_ledger_entries_run_id ON ledger_entries (run_id);
CREATE INDEX ix_pieces_run_id ON pieces (run_id);
CREATE INDEX ix_reservations_state ON reservations (state);
CREATE INDEX ix_runs_campaign_id ON runs (campaign_id);
CREATE TRIGGER ledger_entries_no_update BEFORE UPDATE ON ledger_entries
       BEGIN SELECT RAISE(ABORT, 'ledger entries never change: write a correction'); END;
CREATE TRIGGER ledger_entries_no_delete BEFORE DELETE ON ledger_entries
       BEGIN SELECT RAISE(ABORT, 'ledger entries are never removed: write a correction'); END;
CREATE TRIGGER ledger_entries_in_order BEFORE INSERT ON ledger_entries
       WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM ledger_entries)
         OR NEW.prev_hash <> COALESCE((SELECT hash FROM ledger_entries ORDER BY seq DESC LIMIT 1), '')
       BEGIN SELECT RAISE(ABORT, 'a ledger entry must follow the last one'); END;
CREATE TRIGGER ledger_entries_open_period BEFORE INSERT ON ledger_entries
       WHEN EXISTS (SELECT 1 FROM closings WHERE period = NEW.period)
       BEGIN SELECT RAISE(ABORT, 'the period is closed'); END;
CREATE TRIGGER closings_no_update BEFORE UPDATE ON closings
       BEGIN SELECT RAISE(ABORT, 'a closing never changes'); END;
CREATE TRIGGER closings_no_delete BEFORE DELETE ON closings
       BEGIN SELECT RAISE(ABORT, 'a closing is never removed'); END;
CREATE TRIGGER reservations_no_delete BEFORE DELETE ON reservations
       BEGIN SELECT RAISE(ABORT, 'a reservation is settled or voided, never removed'); END;
CREATE VIEW finance_months AS
SELECT e.period AS month, e.campaign_id, e.purpose, e.provider, e.model, e.currency,
       CAST(SUM(CASE WHEN e.kind = 'call' AND e.purpose <> 'adjustment' THEN 1 ELSE 0 END) AS BIGINT) AS calls,
       CAST(COALESCE(SUM(e.cost_micros), 0) AS BIGINT) AS cost_micros,
       
CAST(COALESCE(SUM(CASE WHEN e.kind = 'call' AND e.cost_micros IS NULL
  AND NOT EXISTS (SELECT 1 FROM ledger_entries c WHERE c.corrects = e.id) THEN 1 ELSE 0 END), 0) AS BIGINT)
 AS unknown_price_calls
FROM ledger_entries e
WHERE e.kind <> 'memo'
GROUP BY e.period, e.campaign_id, e.purpose, e.provider, e.model, e.currency;
CREATE VIEW finance_pieces AS
SELECT e.campaign_id, e.spec_key, e.edition, MIN(p.id) AS piece_id, MIN(p.status) AS status,
       MIN(e.channel) AS channel, MIN(e.segment) AS segment, MIN(e.language) AS language, MIN(e.tone) AS tone,
       e.currency,
       CAST(SUM(CASE WHEN e.kind = 'call' AND e.purpose <> 'adjustment' THEN 1 ELSE 0 END) AS BIGINT) AS calls,
       CAST(COALESCE(SUM(e.cost_micros), 0) AS BIGINT) AS cost_micros,
       
CAST(COALESCE(SUM(CASE WHEN e.kind = 'call' AND e.cost_micros IS NULL
  AND NOT EXISTS (SELECT 1 FROM ledger_entries c WHERE c.corrects = e.id) THEN 1 ELSE 0 END), 0) AS BIGINT)
 AS unknown_price_calls
FROM ledger_entries e
LEFT JOIN pieces p ON p.campaign_id = e.campaign_id AND p.spec_key = e.spec_key AND p.edition = e.edition
WHERE e.kind <> 'memo' AND e.spec_key IS NOT NULL
GROUP BY e.campaign_id, e.spec_key, e.edition, e.currency;
CREATE INDEX ix_pieces_scope_seq ON pieces (scope, seq);
CREATE UNIQUE INDEX ix_requests_asked_by ON requests (asked_by);
CREATE VIEW entry_facts AS
SELECT e.seq, e.run_id, e.period, COALESCE(e.campaign_id, '') AS campaign_id, COALESCE(e.channel, '') AS channel, COALESCE(e.segment, '') AS segment, COALESCE(e.language, '') AS language, COALESCE(e.tone, '') AS tone, COALESCE(e.provider, '') AS provider, COALESCE(e.model, '') AS model, e.purpose, e.kind, COALESCE(e.currency, '') AS currency,
       CASE WHEN e.spec_key IS NOT NULL THEN 'pieces' WHEN e.campaign_id IS NOT NULL THEN 'shared by a campaign'
            ELSE 'unallocated' END AS allocation,
       1 AS entries,
       CASE WHEN e.kind = 'call' AND e.purpose <> 'adjustment' THEN 1 ELSE 0 END AS calls,
       CASE WHEN e.kind = 'call' AND e.cost_micros IS NULL
             AND NOT EXISTS (SELECT 1 FROM ledger_entries c WHERE c.corrects = e.id) THEN 1 ELSE 0 END AS unknown,
       CASE WHEN e.kind = 'call' AND e.purpose <> 'adjustment' AND e.response_id IS NULL
            THEN 1 ELSE 0 END AS nameless,
       CASE WHEN e.note LIKE '%the provider gave this response id before%' THEN 1 ELSE 0 END AS repeated,
       CASE WHEN e.note LIKE '%cost more than was set aside for it%' THEN 1 ELSE 0 END AS overrun,
       CASE WHEN e.period <> SUBSTR(e.occurred_at, 1, 7) THEN 1 ELSE 0 END AS late,
       COALESCE(e.input_tokens, 0) AS input_tokens, COALESCE(e.cached_tokens, 0) AS cached_tokens, COALESCE(e.output_tokens, 0) AS output_tokens, COALESCE(e.reasoning_tokens, 0) AS reasoning_tokens, COALESCE(e.latency_ms, 0) AS latency_ms, COALESCE(e.cost_micros, 0) AS cost_micros, COALESCE(e.saved_seconds_low, 0) AS saved_seconds_low, COALESCE(e.saved_seconds_expected, 0) AS saved_seconds_expected, COALESCE(e.saved_seconds_high, 0) AS saved_seconds_high, COALESCE(e.saved_micros_low, 0) AS saved_micros_low, COALESCE(e.saved_micros_expected, 0) AS saved_micros_expected, COALESCE(e.saved_micros_high, 0) AS saved_micros_high
FROM ledger_entries e;
CREATE VIEW draft_facts AS
SELECT e.seq, e.run_id, e.spec_key, e.edition, e.attempt, e.period, e.campaign_id, COALESCE(e.channel, '') AS channel, COALESCE(e.segment, '') AS segment, COALESCE(e.language, '') AS language, COALESCE(e.tone, '') AS tone, COALESCE(e.provider, '') AS provider, COALESCE(e.model, '') AS model,
       COALESCE(e.currency, '') AS currency,
       CASE WHEN p.status = 'accepted' AND p.attempts = e.attempt
            AND COALESCE(e.outcome, o.outcome, '') <> 'reconciled' THEN '' WHEN COALESCE(e.outcome, o.outcome) = 'reconciled' THEN 'answer lost'
            ELSE COALESCE(a.refused_for, '') END AS reason,
       CASE WHEN p.status = 'accepted' AND p.attempts = e.attempt
            AND COALESCE(e.outcome, o.outcome, '') <> 'reconciled' THEN 1 ELSE 0 END AS accepted,
       CASE WHEN e.kind = 'call' THEN 1 ELSE 0 END AS drafts,
       COALESCE(e.cost_micros, 0) AS cost_micros,
       CASE WHEN p.status = 'accepted' AND p.attempts = e.attempt
            AND COALESCE(e.outcome, o.outcome, '') <> 'reconciled' AND e.kind = 'call' THEN 1 ELSE 0 END AS pieces
FROM ledger_entries e
JOIN pieces p ON p.campaign_id = e.campaign_id AND p.spec_key = e.spec_key AND p.edition = e.edition
LEFT JOIN attempts a ON a.campaign_id = e.campaign_id AND a.spec_key = e.spec_key AND a.edition = e.edition
                    AND a.attempt = e.attempt
LEFT JOIN ledger_entries o ON o.id = e.corrects
WHERE e.kind <> 'memo' AND e.purpose = 'draft';
CREATE VIEW finance_refusals AS
SELECT period AS month, campaign_id, channel, segment, language, tone, model, reason, NULLIF(currency, '') AS currency,
       CAST(SUM(drafts) AS BIGINT) AS drafts, CAST(SUM(cost_micros) AS BIGINT) AS cost_micros
FROM draft_facts WHERE accepted = 0
GROUP BY period, campaign_id, channel, segment, language, tone, model, reason, NULLIF(currency, '');
CREATE INDEX ix_pieces_campaign_id_created_at_run_id_status ON pieces (campaign_id, created_at, run_id, status);
CREATE INDEX ix_ledger_entries_notable ON ledger_entries (seq) WHERE (note IS NOT NULL OR (kind = 'call' AND cost_micros IS NULL));
CREATE TRIGGER entry_sums_added AFTER INSERT ON ledger_entries BEGIN INSERT INTO entry_sums (period, campaign_id, channel, segment, language, tone, provider, model, purpose, kind, currency, allocation, entries, calls, unknown, nameless, repeated, overrun, late, input_tokens, cached_tokens, output_tokens, reasoning_tokens, latency_ms, cost_micros, saved_seconds_low, saved_seconds_expected, saved_seconds_high, saved_micros_low, saved_micros_expected, saved_micros_high) SELECT period, campaign_id, channel, segment, language, tone, provider, model, purpose, kind, currency, allocation, +SUM(entries), +SUM(calls), +SUM(unknown), +SUM(nameless), +SUM(repeated), +SUM(overrun), +SUM(late), +SUM(input_tokens), +SUM(cached_tokens), +SUM(output_tokens), +SUM(reasoning_tokens), +SUM(latency_ms), +SUM(cost_micros), +SUM(saved_seconds_low), +SUM(saved_seconds_expected), +SUM(saved_seconds_high), +SUM(saved_micros_low), +SUM(saved_micros_expected), +SUM(saved_micros_high) FROM entry_facts WHERE seq = NEW.seq GROUP BY period, campaign_id, channel, segment, language, tone, provider, model, purpose, kind, currency, allocation ON CONFLICT (period, campaign_id, channel, segment, language, tone, provider, model, purpose, kind, currency, allocation) DO UPDATE SET entries = entry_sums.entries + excluded.entries, calls = entry_sums.calls + excluded.calls, unknown = entry_sums.unknown + excluded.unknown, nameless = entry_sums.nameless + excluded.nameless, repeated = entry_sums.repeated + excluded.repeated, overrun = entry_sums.overrun + excluded.overrun, late = entry_sums.late + excluded.late, input_tokens = entry_sums.input_tokens + excluded.input_tokens, cached_tokens = entry_sums.cached_tokens + excluded.cached_tokens, output_tokens = entry_sums.output_tokens + excluded.output_tokens, reasoning_tokens = entry_sums.reasoning_tokens + excluded.reasoning_tokens, latency_ms = entry_sums.latency_ms + excluded.latency_ms, cost_micros = entry_sums.cost_micros + excluded.cost_micros, saved_seconds_low = entry_sums.saved_seconds_low + excluded.saved_seconds_low, saved_seconds_expected = entry_sums.saved_seconds_expected + excluded.saved_seconds_expected, saved_seconds_high = entry_sums.saved_seconds_high + excluded.saved_seconds_high, saved_micros_low = entry_sums.saved_micros_low + excluded.saved_micros_low, saved_micros_expected = entry_sums.saved_micros_expected + excluded.saved_micros_expected, saved_micros_high = entry_sums.saved_micros_high + excluded.saved_micros_high; END;
CREATE TRIGGER entry_sums_before BEFORE INSERT ON ledger_entries WHEN NEW.kind = 'correction' BEGIN INSERT INTO entry_sums (period, campaign_id, channel, segment, language, tone, provider, model, purpose, kind, currency, allocation, entries, calls, unknown, nameless, repeated, overrun, late, input_tokens, cached_tokens, output_tokens, reasoning_tokens, latency_ms, cost_micros, saved_seconds_low, saved_seconds_expected, saved_seconds_high, saved_micros_low, saved_micros_expected, saved_micros_high) SELECT period, campaign_id, channel, segment, language, tone, provider, model, purpose, kind, currency, allocation, -SUM(entries), -SUM(calls), -SUM(unknown), -SUM(nameless), -SUM(repeated), -SUM(overrun), -SUM(late), -SUM(input_tokens), -SUM(cached_tokens), -SUM(output_tokens), -SUM(reasoning_tokens), -SUM(latency_ms), -SUM(cost_micros), -SUM(saved_seconds_low), -SUM(saved_seconds_expected), -SUM(saved_seconds_high), -SUM(saved_micros_low), -SUM(saved_micros_expected), -SUM(saved_micros_high) FROM entry_facts WHERE seq = (SELECT seq FROM ledger_entries WHERE id = NEW.corrects) GROUP BY period, campaign_id, channel, segment, language, tone, provider, model, purpose, kind, currency, allocation ON CONFLICT (period, campaign_id, channel, segment, language, tone, provider, model, purpose, kind, currency, allocation) DO UPDATE SET entries = entry_sums.entries + excluded.entries, calls = entry_sums.calls + excluded.calls, unknown = entry_sums.unknown + excluded.unknown, nameless = entry_sums.nameless + excluded.nameless, repeated = entry_sums.repeated + excluded.repeated, overrun = entry_sums.overrun + excluded.overrun, late = entry_sums.late + excluded.late, input_tokens = entry_sums.input_tokens + excluded.input_tokens, cached_tokens = entry_sums.cached_tokens + excluded.cached_tokens, output_tokens = entry_sums.output_tokens + excluded.output_tokens, reasoning_tokens = entry_sums.reasoning_tokens + excluded.reasoning_tokens, latency_ms = entry_sums.latency_ms + excluded.latency_ms, cost_micros = entry_sums.cost_micros + excluded.cost_micros, saved_seconds_low = entry_sums.saved_seconds_low + excluded.saved_seconds_low, saved_seconds_expected = entry_sums.saved_seconds_expected + excluded.saved_seconds_expected, saved_seconds_high = entry_sums.saved_seconds_high + excluded.saved_seconds_high, saved_micros_low = entry_sums.saved_micros_low + excluded.saved_micros_low, saved_micros_expected = entry_sums.saved_micros_expected + excluded.saved_micros_expected, saved_micros_high = entry_sums.saved_micros_high + excluded.saved_micros_high; END;
CREATE TRIGGER entry_sums_after AFTER INSERT ON ledger_entries WHEN NEW.kind = 'correction' BEGIN INSERT INTO entry_sums (period, campaign_id, channel, segment, language, tone, provider, model, purpose, kind, currency, allocation, entries, calls, unknown, nameless, repeated, overrun, late, input_tokens, cached_tokens, output_tokens, reasoning_tokens, latency_ms, cost_micros, saved_seconds_low, saved_seconds_expected, saved_seconds_high, saved_micros_low, saved_micros_expected, saved_micros_high) SELECT period, campaign_id, channel, segment, language, tone, provider, model, purpose, kind, currency, allocation, +SUM(entries), +SUM(calls), +SUM(unknown), +SUM(nameless), +SUM(repeated), +SUM(overrun), +SUM(late), +SUM(input_tokens), +SUM(cached_tokens), +SUM(output_tokens), +SUM(reasoning_tokens), +SUM(latency_ms), +SUM(cost_micros), +SUM(saved_seconds_low), +SUM(saved_seconds_expected), +SUM(saved_seconds_high), +SUM(saved_micros_low), +SUM(saved_micros_expected), +SUM(saved_micros_high) FROM entry_facts WHERE seq = (SELECT seq FROM ledger_entries WHERE id = NEW.corrects) GROUP BY period, campaign_id, channel, segment, language, tone, provider, model, purpose, kind, currency, allocation ON CONFLICT (period, campaign_id, channel, segment, language, tone, provider, model, purpose, kind, currency, allocation) DO UPDATE SET entries = entry_sums.entries + excluded.entries, calls = entry_sums.calls + excluded.calls, unknown = entry_sums.unknown + excluded.unknown, nameless = entry_sums.nameless + excluded.nameless, repeated = entry_sums.repeated + excluded.repeated, overrun = entry_sums.overrun + excluded.overrun, late = entry_sums.late + excluded.late, input_tokens = entry_sums.input_tokens + excluded.input_tokens, cached_tokens = entry_sums.cached_tokens + excluded.cached_tokens, output_tokens = entry_sums.output_tokens + excluded.output_tokens, reasoning_tokens = entry_sums.reasoning_tokens + excluded.reasoning_tokens, latency_ms = entry_sums.latency_ms + excluded.latency_ms, cost_micros = entry_sums.cost_micros + excluded.cost_micros, saved_seconds_low = entry_sums.saved_seconds_low + excluded.saved_seconds_low, saved_seconds_expected = entry_sums.saved_seconds_expected + excluded.saved_seconds_expected, saved_seconds_high = entry_sums.saved_seconds_high + excluded.saved_seconds_high, saved_micros_low = entry_sums.saved_micros_low + excluded.saved_micros_low, saved_micros_expected = entry_sums.saved_micros_expected + excluded.saved_micros_expected, saved_micros_high = entry_sums.saved_micros_high + excluded.saved_micros_high; END;
CREATE TRIGGER draft_sums_added AFTER INSERT ON ledger_entries WHEN NEW.purpose = 'draft' AND NEW.kind <> 'memo' BEGIN INSERT INTO draft_sums (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, drafts, cost_micros, pieces) SELECT period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, +SUM(drafts), +SUM(cost_micros), +SUM(pieces) FROM draft_facts WHERE seq = NEW.seq GROUP BY period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted ON CONFLICT (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted) DO UPDATE SET drafts = draft_sums.drafts + excluded.drafts, cost_micros = draft_sums.cost_micros + excluded.cost_micros, pieces = draft_sums.pieces + excluded.pieces; END;
CREATE TRIGGER draft_sums_rested AFTER INSERT ON pieces BEGIN INSERT INTO draft_sums (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, drafts, cost_micros, pieces) SELECT period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, +SUM(drafts), +SUM(cost_micros), +SUM(pieces) FROM draft_facts WHERE campaign_id = NEW.campaign_id AND spec_key = NEW.spec_key AND edition = NEW.edition GROUP BY period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted ON CONFLICT (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted) DO UPDATE SET drafts = draft_sums.drafts + excluded.drafts, cost_micros = draft_sums.cost_micros + excluded.cost_micros, pieces = draft_sums.pieces + excluded.pieces; END;
CREATE TRIGGER draft_sums_leaving BEFORE DELETE ON pieces BEGIN INSERT INTO draft_sums (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, drafts, cost_micros, pieces) SELECT period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, -SUM(drafts), -SUM(cost_micros), -SUM(pieces) FROM draft_facts WHERE campaign_id = OLD.campaign_id AND spec_key = OLD.spec_key AND edition = OLD.edition GROUP BY period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted ON CONFLICT (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted) DO UPDATE SET drafts = draft_sums.drafts + excluded.drafts, cost_micros = draft_sums.cost_micros + excluded.cost_micros, pieces = draft_sums.pieces + excluded.pieces; END;
CREATE TRIGGER draft_sums_before BEFORE UPDATE OF status, attempts ON pieces BEGIN INSERT INTO draft_sums (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, drafts, cost_micros, pieces) SELECT period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, -SUM(drafts), -SUM(cost_micros), -SUM(pieces) FROM draft_facts WHERE campaign_id = OLD.campaign_id AND spec_key = OLD.spec_key AND edition = OLD.edition GROUP BY period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted ON CONFLICT (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted) DO UPDATE SET drafts = draft_sums.drafts + excluded.drafts, cost_micros = draft_sums.cost_micros + excluded.cost_micros, pieces = draft_sums.pieces + excluded.pieces; END;
CREATE TRIGGER draft_sums_after AFTER UPDATE OF status, attempts ON pieces BEGIN INSERT INTO draft_sums (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, drafts, cost_micros, pieces) SELECT period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, +SUM(drafts), +SUM(cost_micros), +SUM(pieces) FROM draft_facts WHERE campaign_id = NEW.campaign_id AND spec_key = NEW.spec_key AND edition = NEW.edition GROUP BY period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted ON CONFLICT (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted) DO UPDATE SET drafts = draft_sums.drafts + excluded.drafts, cost_micros = draft_sums.cost_micros + excluded.cost_micros, pieces = draft_sums.pieces + excluded.pieces; END;
CREATE TRIGGER draft_sums_answering BEFORE INSERT ON attempts BEGIN INSERT INTO draft_sums (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, drafts, cost_micros, pieces) SELECT period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, -SUM(drafts), -SUM(cost_micros), -SUM(pieces) FROM draft_facts WHERE campaign_id = NEW.campaign_id AND spec_key = NEW.spec_key AND edition = NEW.edition AND attempt = NEW.attempt GROUP BY period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted ON CONFLICT (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted) DO UPDATE SET drafts = draft_sums.drafts + excluded.drafts, cost_micros = draft_sums.cost_micros + excluded.cost_micros, pieces = draft_sums.pieces + excluded.pieces; END;
CREATE TRIGGER draft_sums_answered AFTER INSERT ON attempts BEGIN INSERT INTO draft_sums (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, drafts, cost_micros, pieces) SELECT period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, +SUM(drafts), +SUM(cost_micros), +SUM(pieces) FROM draft_facts WHERE campaign_id = NEW.campaign_id AND spec_key = NEW.spec_key AND edition = NEW.edition AND attempt = NEW.attempt GROUP BY period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted ON CONFLICT (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted) DO UPDATE SET drafts = draft_sums.drafts + excluded.drafts, cost_micros = draft_sums.cost_micros + excluded.cost_micros, pieces = draft_sums.pieces + excluded.pieces; END;
CREATE TRIGGER draft_sums_judging BEFORE UPDATE OF refused_for ON attempts WHEN OLD.refused_for IS NOT NEW.refused_for BEGIN INSERT INTO draft_sums (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, drafts, cost_micros, pieces) SELECT period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, -SUM(drafts), -SUM(cost_micros), -SUM(pieces) FROM draft_facts WHERE campaign_id = OLD.campaign_id AND spec_key = OLD.spec_key AND edition = OLD.edition AND attempt = OLD.attempt GROUP BY period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted ON CONFLICT (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted) DO UPDATE SET drafts = draft_sums.drafts + excluded.drafts, cost_micros = draft_sums.cost_micros + excluded.cost_micros, pieces = draft_sums.pieces + excluded.pieces; END;
CREATE TRIGGER draft_sums_judged AFTER UPDATE OF refused_for ON attempts WHEN OLD.refused_for IS NOT NEW.refused_for BEGIN INSERT INTO draft_sums (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, drafts, cost_micros, pieces) SELECT period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, +SUM(drafts), +SUM(cost_micros), +SUM(pieces) FROM draft_facts WHERE campaign_id = NEW.campaign_id AND spec_key = NEW.spec_key AND edition = NEW.edition AND attempt = NEW.attempt GROUP BY period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted ON CONFLICT (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted) DO UPDATE SET drafts = draft_sums.drafts + excluded.drafts, cost_micros = draft_sums.cost_micros + excluded.cost_micros, pieces = draft_sums.pieces + excluded.pieces; END;
CREATE TRIGGER draft_sums_forgetting BEFORE DELETE ON attempts BEGIN INSERT INTO draft_sums (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, drafts, cost_micros, pieces) SELECT period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, -SUM(drafts), -SUM(cost_micros), -SUM(pieces) FROM draft_facts WHERE campaign_id = OLD.campaign_id AND spec_key = OLD.spec_key AND edition = OLD.edition AND attempt = OLD.attempt GROUP BY period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted ON CONFLICT (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted) DO UPDATE SET drafts = draft_sums.drafts + excluded.drafts, cost_micros = draft_sums.cost_micros + excluded.cost_micros, pieces = draft_sums.pieces + excluded.pieces; END;
CREATE TRIGGER draft_sums_forgotten AFTER DELETE ON attempts BEGIN INSERT INTO draft_sums (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, drafts, cost_micros, pieces) SELECT period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted, +SUM(drafts), +SUM(cost_micros), +SUM(pieces) FROM draft_facts WHERE campaign_id = OLD.campaign_id AND spec_key = OLD.spec_key AND edition = OLD.edition AND attempt = OLD.attempt GROUP BY period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted ON CONFLICT (period, campaign_id, channel, segment, language, tone, provider, model, currency, reason, accepted) DO UPDATE SET drafts = draft_sums.drafts + excluded.drafts, cost_micros = draft_sums.cost_micros + excluded.cost_micros, pieces = draft_sums.pieces + excluded.pieces; END;
CREATE TRIGGER ledger_entries_no_replace BEFORE INSERT ON ledger_entries
       WHEN EXISTS (SELECT 1 FROM ledger_entries WHERE id = NEW.id)
         OR EXISTS (SELECT 1 FROM ledger_entries WHERE hash = NEW.hash)
         OR EXISTS (SELECT 1 FROM ledger_entries WHERE reservation_id = NEW.reservation_id)
         OR EXISTS (SELECT 1 FROM ledger_entries WHERE provider = NEW.provider AND response_id = NEW.response_id)
       BEGIN SELECT RAISE(ABORT, 'an entry with this id, hash, reservation_id or response_id is there'); END;
CREATE TRIGGER closings_no_replace BEFORE INSERT ON closings
       WHEN EXISTS (SELECT 1 FROM closings WHERE period = NEW.period)
       BEGIN SELECT RAISE(ABORT, 'a closing never changes'); END;
CREATE TRIGGER reservations_no_replace BEFORE INSERT ON reservations
       WHEN EXISTS (SELECT 1 FROM reservations WHERE id = NEW.id)
       BEGIN SELECT RAISE(ABORT, 'a reservation is closed once and otherwise never changes'); END;
CREATE VIEW finance_calls AS
SELECT e.seq AS entry_number, e.id AS entry_id, e.kind, e.recorded_at, e.occurred_at, e.period AS month,
       e.run_id, e.campaign_id, p.id AS piece_id, e.spec_key, e.edition, e.channel, e.segment, e.language, e.tone,
       e.attempt, e.purpose, e.provider, e.model, e.response_id AS provider_request_id, e.outcome,
       e.input_tokens - e.cached_tokens AS uncached_input_tokens, e.cached_tokens AS cached_input_tokens,
       e.output_tokens, e.reasoning_tokens, e.latency_ms, e.cost_micros, e.currency,
       e.input_price, e.cached_price, e.output_price, e.price_date, e.price_tier, e.price_source, e.price_note,
       e.corrects AS corrected_entry_id, e.note,
       e.cache_write_tokens, e.cache_write_price
FROM ledger_entries e
LEFT JOIN pieces p ON p.campaign_id = e.campaign_id AND p.spec_key = e.spec_key AND p.edition = e.edition
WHERE e.kind <> 'memo';
CREATE VIEW finance_exceptions AS SELECT 'possibly_billed' AS exception, NULL AS entry_number, NULL AS entry_id, id AS reservation_id,
       reserved_at AS occurred_at, period AS month, run_id, campaign_id, CASE WHEN INSTR(call, '"spec_key":') = 0 OR SUBSTR(call, INSTR(call, '"spec_key":') + 11) LIKE 'null%' THEN NULL WHEN SUBSTR(call, INSTR(call, '"spec_key":') + 11) LIKE '"%' THEN SUBSTR(SUBSTR(call, INSTR(call, '"spec_key":') + 11), 2, INSTR(SUBSTR(SUBSTR(call, INSTR(call, '"spec_key":') + 11), 2), '"') - 1) ELSE CAST(SUBSTR(call, INSTR(call, '"spec_key":') + 11) AS INTEGER) END AS spec_key,
       CAST(CASE WHEN INSTR(call, '"edition":') = 0 OR SUBSTR(call, INSTR(call, '"edition":') + 10) LIKE 'null%' THEN NULL WHEN SUBSTR(call, INSTR(call, '"edition":') + 10) LIKE '"%' THEN SUBSTR(SUBSTR(call, INSTR(call, '"edition":') + 10), 2, INSTR(SUBSTR(SUBSTR(call, INSTR(call, '"edition":') + 10), 2), '"') - 1) ELSE CAST(SUBSTR(call, INSTR(call, '"edition":') + 10) AS INTEGER) END AS BIGINT) AS edition, CASE WHEN INSTR(call, '"provider":') = 0 OR SUBSTR(call, INSTR(call, '"provider":') + 11) LIKE 'null%' THEN NULL WHEN SUBSTR(call, INSTR(call, '"provider":') + 11) LIKE '"%' THEN SUBSTR(SUBSTR(call, INSTR(call, '"provider":') + 11), 2, INSTR(SUBSTR(SUBSTR(call, INSTR(call, '"provider":') + 11), 2), '"') - 1) ELSE CAST(SUBSTR(call, INSTR(call, '"provider":') + 11) AS INTEGER) END AS provider, CASE WHEN INSTR(call, '"model":') = 0 OR SUBSTR(call, INSTR(call, '"model":') + 8) LIKE 'null%' THEN NULL WHEN SUBSTR(call, INSTR(call, '"model":') + 8) LIKE '"%' THEN SUBSTR(SUBSTR(call, INSTR(call, '"model":') + 8), 2, INSTR(SUBSTR(SUBSTR(call, INSTR(call, '"model":') + 8), 2), '"') - 1) ELSE CAST(SUBSTR(call, INSTR(call, '"model":') + 8) AS INTEGER) END AS model,
       estimate_micros AS amount_micros, currency, COALESCE(reason, state) AS note
FROM reservations WHERE state IN ('open', 'possibly_billed') UNION ALL SELECT 'unknown_price', seq, id, reservation_id, occurred_at, period, run_id, campaign_id, spec_key, edition,
       provider, model, cost_micros, currency, COALESCE(price_note, note)
FROM ledger_entries WHERE (note IS NOT NULL OR (kind = 'call' AND cost_micros IS NULL)) AND kind = 'call' AND cost_micros IS NULL
       AND NOT EXISTS (SELECT 1 FROM ledger_entries c WHERE c.corrects = ledger_entries.id) UNION ALL SELECT 'no_request_id', seq, id, reservation_id, occurred_at, period, run_id, campaign_id, spec_key, edition,
       provider, model, cost_micros, currency, note
FROM ledger_entries WHERE (note IS NOT NULL OR (kind = 'call' AND cost_micros IS NULL)) AND kind = 'call' AND purpose <> 'adjustment' AND response_id IS NULL UNION ALL SELECT 'repeated_request_id', seq, id, reservation_id, occurred_at, period, run_id, campaign_id, spec_key, edition,
       provider, model, cost_micros, currency, note
FROM ledger_entries WHERE (note IS NOT NULL OR (kind = 'call' AND cost_micros IS NULL)) AND note LIKE '%the provider gave this response id before%' UNION ALL SELECT 'over_estimate', seq, id, reservation_id, occurred_at, period, run_id, campaign_id, spec_key, edition,
       provider, model, cost_micros, currency, note
FROM ledger_entries WHERE (note IS NOT NULL OR (kind = 'call' AND cost_micros IS NULL)) AND note LIKE '%cost more than was set aside for it%' UNION ALL SELECT 'adjustment', seq, id, reservation_id, occurred_at, period, run_id, campaign_id, spec_key, edition,
       provider, model, cost_micros, currency, note
FROM ledger_entries WHERE (note IS NOT NULL OR (kind = 'call' AND cost_micros IS NULL)) AND purpose = 'adjustment' UNION ALL SELECT 'correction', seq, id, reservation_id, occurred_at, period, run_id, campaign_id, spec_key, edition,
       provider, model, cost_micros, currency, note
FROM ledger_entries WHERE (note IS NOT NULL OR (kind = 'call' AND cost_micros IS NULL)) AND kind = 'correction' UNION ALL SELECT 'late', seq, id, reservation_id, occurred_at, period, run_id, campaign_id, spec_key, edition,
       provider, model, cost_micros, currency, note
FROM ledger_entries WHERE (note IS NOT NULL OR (kind = 'call' AND cost_micros IS NULL)) AND period <> SUBSTR(occurred_at, 1, 7);
CREATE UNIQUE INDEX ix_reservations_number ON reservations (number);
CREATE TRIGGER reservations_once BEFORE UPDATE ON reservations
       WHEN OLD.state IN ('settled', 'voided') OR NEW.id <> OLD.id OR NEW.call <> OLD.call
         OR NEW.reserved_at <> OLD.reserved_at OR NEW.estimate_micros IS NOT OLD.estimate_micros
       BEGIN SELECT RAISE(ABORT, 'a reservation is closed once and otherwise never changes'); END;
CREATE VIEW finance_outcomes AS
SELECT period AS month, NULLIF(campaign_id, '') AS campaign_id, NULLIF(currency, '') AS currency,
       NULLIF(hourly_rate, '') AS hourly_rate, NULLIF(agency_price, '') AS agency_price,
       NULLIF(days_to_market, '') AS baseline_days_to_market, NULLIF(since, '') AS accepted_on,
       pieces AS accepted_pieces, work_seconds AS baseline_work_seconds,
       pieces * review_seconds AS baseline_review_seconds,
       measured_seconds + (pieces - measured_pieces) * review_seconds AS spent_seconds,
       measured_pieces, reinvestments, reinvested_seconds, NULLIF(agency_share, '') AS agency_share
FROM saving_sums;
CREATE VIEW finance_savings AS
SELECT e.campaign_id, e.spec_key, e.edition, MIN(e.period) AS month, MIN(e.channel) AS channel,
       MIN(e.segment) AS segment, MIN(e.language) AS language, MIN(e.tone) AS tone, e.currency,
       CAST(SUM(e.saved_seconds_low) AS BIGINT) AS saved_seconds_low,
       CAST(SUM(e.saved_seconds_expected) AS BIGINT) AS saved_seconds_expected,
       CAST(SUM(e.saved_seconds_high) AS BIGINT) AS saved_seconds_high,
       CAST(SUM(e.saved_micros_low) AS BIGINT) AS saved_micros_low,
       CAST(SUM(e.saved_micros_expected) AS BIGINT) AS saved_micros_expected,
       CAST(SUM(e.saved_micros_high) AS BIGINT) AS saved_micros_high,
       CAST(SUM(CASE WHEN e.purpose = 'review' THEN 1 ELSE 0 END) AS BIGINT) AS measurements
FROM ledger_entries e
WHERE e.kind = 'memo' AND e.purpose NOT IN ('human review', 'piece', 'void', 'doubt', 'closing', 'approval', 'opening')
GROUP BY e.campaign_id, e.spec_key, e.edition, e.currency;
CREATE VIEW finance_waiting AS
SELECT SUBSTR(p.created_at, 1, 7) AS month, p.campaign_id, p.id AS piece_id, p.created_at AS parked_at,
       (SELECT MIN(e.channel) FROM ledger_entries e WHERE e.campaign_id = p.campaign_id
          AND e.spec_key = p.spec_key AND e.edition = p.edition AND e.kind = 'call') AS channel, (SELECT MIN(e.language) FROM ledger_entries e WHERE e.campaign_id = p.campaign_id
          AND e.spec_key = p.spec_key AND e.edition = p.edition AND e.kind = 'call') AS language
FROM pieces p
WHERE p.status = 'parked'
  AND NOT EXISTS (SELECT 1 FROM pieces n WHERE n.campaign_id = p.campaign_id AND n.spec_key = p.spec_key
                  AND n.edition > p.edition)
  AND NOT EXISTS (SELECT 1 FROM ledger_entries e WHERE e.campaign_id = p.campaign_id AND e.spec_key = p.spec_key
                  AND e.edition = p.edition AND e.kind = 'memo' AND e.purpose = 'review');
CREATE INDEX ix_human_reviews_piece_id ON human_reviews (piece_id);
CREATE VIEW finance_human_reviews AS
SELECT h.piece_id, p.campaign_id, p.status, h.reviewed_at, h.reviewed_by, h.decision, h.accuracy, h.plausibility,
       h.sources, h.seconds, h.ai_share, h.text_sha256, h.entry_id
FROM human_reviews h LEFT JOIN pieces p ON p.id = h.piece_id;
CREATE TRIGGER human_reviews_no_update BEFORE UPDATE ON human_reviews
       BEGIN SELECT RAISE(ABORT, 'a review by a person never changes'); END;
CREATE TRIGGER human_reviews_no_delete BEFORE DELETE ON human_reviews
       BEGIN SELECT RAISE(ABORT, 'a review by a person is never removed'); END;
CREATE INDEX ix_verbatims_author ON verbatims (author);
CREATE INDEX ix_verbatims_place_id_at ON verbatims (place_id, at);
CREATE INDEX ix_observations_place_id ON observations (place_id);
CREATE INDEX ix_author_aliases_author ON author_aliases (author);
CREATE INDEX ix_codings_code ON codings (code);
CREATE INDEX ix_experiments_campaign_id ON experiments (campaign_id);
CREATE INDEX ix_quiz_answers_quiz_id ON quiz_answers (quiz_id);
CREATE INDEX ix_provider_batches_campaign_id ON provider_batches (campaign_id);
CREATE INDEX ix_batch_requests_batch_id ON batch_requests (batch_id);
CREATE INDEX ix_batch_requests_place ON batch_requests (place);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('pieces',3);
COMMIT;

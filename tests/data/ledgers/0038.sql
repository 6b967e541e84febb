BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0038');
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
INSERT INTO "closings" VALUES('2026-10','2026-11-02T09:00:01.000000Z','Ana',1,'9653c8934d59b5a5c660ab8fc70301bb41544718dd074d4e5075eab397eb8afc');
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
INSERT INTO "ledger_entries" VALUES(1,'2db6cb44e77641a2917982188489247e','call','2026-10-30T09:00:02.000000Z','2026-10-30T09:00:01.000000Z','2026-10','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini','r1','939a39747d3b4b058d24fb3bd96328fa','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-10-30','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"reservation":"07cc332e068dafc4111469412f24e67ec45795004d217ccef8029ece052d2fec"}','','9653c8934d59b5a5c660ab8fc70301bb41544718dd074d4e5075eab397eb8afc',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(2,'48a70cd6e07149dfae734502a98f585b','memo','2026-11-02T09:00:01.000000Z','2026-11-02T09:00:01.000000Z','2026-11',NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,'closing',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"closed_by":"Ana","digest":"78d3fca5578288332f54e918b3293b2a85fbe9142e8f186a422e005b5554e4ae","month":"2026-10","rates":[]}','9653c8934d59b5a5c660ab8fc70301bb41544718dd074d4e5075eab397eb8afc','b693ce345c14e79e5465e3d1e25dc5ba6b475c86228637d984ffc8e2dfe93e91',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(3,'9b29e4e9425f49edb1096aab945858af','call','2026-11-02T09:00:02.000000Z','2026-10-30T09:00:03.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',2,'draft','openai','gpt-5-mini','r2','e35b560506c34b58918d3e7be263a913','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-10-30','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'belongs to 2026-10, which is closed','{"reservation":"cf5fe49ca22bd605437c0f6cdd15ac204db5102667b4265b53a89baa37f0961e"}','b693ce345c14e79e5465e3d1e25dc5ba6b475c86228637d984ffc8e2dfe93e91','bedd488c4dc5a80243d9ee75d1e2752ead746e7cb8381b824bb4c644ead50dce',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(4,'3a2c24cb0e894ea592cf3cccd9bf7ac9','call','2026-11-02T09:00:04.000000Z','2026-11-02T09:00:03.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',3,'draft','openai','gpt-5-mini','r3','f1a3ec49120e419ea94c4351c6886057','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"reservation":"25886ec6f2a1db909be8f9ba0e162a387ef467cf8848d86dde8134656dbd0586"}','bedd488c4dc5a80243d9ee75d1e2752ead746e7cb8381b824bb4c644ead50dce','49e5e05b35660291175ef9c92ce250815a4d6c576f741eb96abfd9e7c7e32f3f',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(5,'51f074693bda41d4997695c0fc18289f','call','2026-11-02T09:00:06.000000Z','2026-11-02T09:00:05.000000Z','2026-11','run-1','spring','7db43ec0b2b2a1d0',1,'social','parents','de','warm',1,'draft','openai','gpt-4o-mini','r4','58f0fde57c7c41d29105dfc4e2835854','answered',900,100,200,50,1250,248,'USD','0.15','0.075','0.6','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-4o-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"reservation":"819cebbb483152febf04fdab4e364791d550feaeb8423a2b9267180c739f73e3"}','49e5e05b35660291175ef9c92ce250815a4d6c576f741eb96abfd9e7c7e32f3f','d28a367067ded63b54413a3fbcfec7cd3c3b0549bbe721ba16a4d1707175f781',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(6,'12db6e7c0acc4834abed393049e6dd1e','call','2026-11-02T09:00:08.000000Z','2026-11-02T09:00:07.000000Z','2026-11','run-1','spring','5519dfd960466f45',1,'email','parents','fr','warm',1,'draft','embedded','qwen','r5','bcf3ba32315d49cfbc2c8a9e4cd5f3e0','answered',900,100,200,50,1250,0,'EUR','0','0','0','2026-11-02','standard','zero','computed on this machine by the embedded model; nobody bills it',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"reservation":"04a0df49190e35f49cc0b276daa2317c091318b48bb7683422d46b4512ffcc06"}','d28a367067ded63b54413a3fbcfec7cd3c3b0549bbe721ba16a4d1707175f781','09f4ab01657c8e918dad0269eddb62fa27507ef0e7303e0fd504f7efd009239d',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(7,'698457b3848b4c9b94b6b5517f3b49e9','call','2026-11-02T09:00:10.000000Z','2026-11-02T09:00:09.000000Z','2026-11','run-1','spring','006d6fe3dd6bbcc8',1,'email','parents','fr','warm',1,'draft','localhost:11434','llama','r6','8ed8fd28e881480e89905c3868474c9b','answered',900,100,200,50,1250,NULL,NULL,NULL,NULL,NULL,'2026-11-02','standard','genai-prices 0.2.3','no list price of ''llama'' at ''localhost:11434'' is known',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"reservation":"5b61859b6133dfba0b78c8648ea9c99ce31d4a90e6e556d4265b8df31dd9768a"}','09f4ab01657c8e918dad0269eddb62fa27507ef0e7303e0fd504f7efd009239d','89171aad404a6db82cdd2c0467745ba3514262e086e0a8ba54d1dc65525cd92e',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(8,'c6197abdde5e46368b140c9d7bb5f4ad','call','2026-11-02T09:00:12.000000Z','2026-11-02T09:00:11.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini','r6b','05b44c2813f0458682d0a11a7d5298f4','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"reservation":"1c62d15affbf5d8023160dbd788f07ad47c4d46898c41e05c2454cb1d0d192b6"}','89171aad404a6db82cdd2c0467745ba3514262e086e0a8ba54d1dc65525cd92e','e60d4cc202c92b1b144e66cfd04666e17aa80920314a412373b3e7ede6a95981',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(9,'6d23ce21d1db45a68f1e2abd50e0b321','call','2026-11-02T09:00:14.000000Z','2026-11-02T09:00:13.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini','r3~9','21fcacbe18874cf8ae9833b44f856ce0','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'the provider gave this response id before','{"reservation":"11b4c7a05c1a6c3bb745ac329558af9511301fa5665bf6d99789a67609185a62"}','e60d4cc202c92b1b144e66cfd04666e17aa80920314a412373b3e7ede6a95981','7c2706b56c97acdca20e4f897bfc00a4e20e8fb32d70d7f3dffb96f1d1baa97f',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(10,'6c93e0b3eaa6473482e7dc58e9912452','correction','2026-11-02T09:00:15.000000Z','2026-10-30T09:00:01.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini',NULL,NULL,NULL,0,0,0,0,NULL,98,'USD',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2db6cb44e77641a2917982188489247e','invoice 12; belongs to 2026-10, which is closed',NULL,'7c2706b56c97acdca20e4f897bfc00a4e20e8fb32d70d7f3dffb96f1d1baa97f','07d4239a34e5f83b563724f44bb143ecda4c2c99eb235a3a9c6656aad46e4f63',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(11,'aa79c1d8e809495c9b8649e1032a00df','memo','2026-11-29T15:39:07.066784Z','2026-11-29T15:39:07.066784Z','2026-11','run-1','spring','61fdbd0968feed08',1,NULL,NULL,NULL,NULL,NULL,'piece',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"digest":"e92afc3f015d83cea1433b919c58dbcb9505d3185632a9ec8ddb4506d6fc0de6","status":"accepted","text":"e3b98a4da31a127d4bde6e43033f66ba274cab0eb7eb1c70ec41402bf6273dd8"}','07d4239a34e5f83b563724f44bb143ecda4c2c99eb235a3a9c6656aad46e4f63','d9bfffee9a96d5e2fe0c5a36a3fca84f65430f02e9b41ef3abbb7b4ef1b9d5e1',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(12,'08a7a2d2a83e469fb4c0354b8a5efe66','memo','2026-11-29T15:39:07.068082Z','2026-11-29T15:39:07.068082Z','2026-11','run-1','spring','7db43ec0b2b2a1d0',1,NULL,NULL,NULL,NULL,NULL,'piece',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"digest":"743c1680a0f2667e6b768ecaec9a1fb1dbc155e4f471dca64a0eb1f4dfac66b0","status":"parked","text":"e3b98a4da31a127d4bde6e43033f66ba274cab0eb7eb1c70ec41402bf6273dd8"}','d9bfffee9a96d5e2fe0c5a36a3fca84f65430f02e9b41ef3abbb7b4ef1b9d5e1','a775849950be35c0e8fbe0a060e3927ddf562023ea26fb60f08f3e5327406cde',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(13,'d26f9eb71ad144e5856ea4fd9ef9c668','memo','2026-11-29T15:39:07.068847Z','2026-11-29T15:39:07.068847Z','2026-11','run-1','spring','5519dfd960466f45',1,NULL,NULL,NULL,NULL,NULL,'piece',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"digest":"eb408d6d20992d22dc846ad0a2eb0f73c0218348de06f72281441d8f83996048","status":"accepted","text":"e3b98a4da31a127d4bde6e43033f66ba274cab0eb7eb1c70ec41402bf6273dd8"}','a775849950be35c0e8fbe0a060e3927ddf562023ea26fb60f08f3e5327406cde','0af66d4558e2272d548de794307fa37a2dc0036ede240ff0bb38f985a727df75',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(14,'3603105a3e9249548dcde649f01e5643','memo','2026-11-02T09:00:16.000000Z','2026-11-02T09:00:00.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',NULL,'saving',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1800,3000,5100,24000000,40000000,68000000,NULL,NULL,'{"baseline":{"adaptation_minutes":{"expected":"20","high":"30","low":"12"},"agency_price":null,"agency_share":"0.25","approved_by":"Chief financial officer","channel":"email","currency":"EUR","dated":"2026-07-01","days_to_market":null,"hourly_rate":"48","language":"fr","review_minutes":{"expected":"10","high":"15","low":"5"},"source":"time sheets, first half of 2026","writing_minutes":{"expected":"60","high":"90","low":"45"}},"first_of_channel_and_language":true,"spent_is_measured":false,"spent_seconds":[300,600,900],"work_seconds":[2700,3600,5400]}','0af66d4558e2272d548de794307fa37a2dc0036ede240ff0bb38f985a727df75','813abf41b0cb1fb556a83f08b3369a5a31d6bfef5033952001af1a2b2d589578',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(15,'40dd2d1db8924f58860f0ed607bbfcca','memo','2026-11-02T09:00:17.000000Z','2026-11-02T09:00:00.000000Z','2026-11','run-1','spring','5519dfd960466f45',1,'email','parents','fr','warm',NULL,'saving',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,-180,600,1500,-2400000,8000000,20000000,NULL,NULL,'{"baseline":{"adaptation_minutes":{"expected":"20","high":"30","low":"12"},"agency_price":null,"agency_share":"0.25","approved_by":"Chief financial officer","channel":"email","currency":"EUR","dated":"2026-07-01","days_to_market":null,"hourly_rate":"48","language":"fr","review_minutes":{"expected":"10","high":"15","low":"5"},"source":"time sheets, first half of 2026","writing_minutes":{"expected":"60","high":"90","low":"45"}},"first_of_channel_and_language":false,"spent_is_measured":false,"spent_seconds":[300,600,900],"work_seconds":[720,1200,1800]}','813abf41b0cb1fb556a83f08b3369a5a31d6bfef5033952001af1a2b2d589578','603ab4c1ae50e45cef8d712d4c751aaf6468d4db6bacfd8ffa035f7ffeae3646',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(16,'215df6363e374fc6a344f0b134178f76','memo','2026-11-02T09:00:18.000000Z','2026-11-02T09:00:00.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',NULL,'review',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,510,210,-90,6800000,2800000,-1200000,NULL,NULL,'{"by":"Ana","measured_seconds":390,"saving":"3603105a3e9249548dcde649f01e5643"}','603ab4c1ae50e45cef8d712d4c751aaf6468d4db6bacfd8ffa035f7ffeae3646','9ade71a5f8c58583ae2083ad76bd2716360ca529304016845f2f5a2401761f72',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(17,'80f7f1852c1d4e39a40f2c53d33ad1f4','memo','2026-11-02T09:00:19.000000Z','2026-11-02T09:00:19.000000Z','2026-11',NULL,'spring',NULL,1,NULL,NULL,NULL,NULL,NULL,'reinvested',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"by":"Ana","reinvested_seconds":1200}','9ade71a5f8c58583ae2083ad76bd2716360ca529304016845f2f5a2401761f72','cee686319b8ff0cac92ace69b92bb29f6b83155a93a9a852f5d1b2f9ef296e8f',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(18,'fb0f70985e0e4b7191468f51dbeb6b69','memo','2026-11-02T09:00:21.000000Z','2026-11-02T09:00:21.000000Z','2026-11','run-1','spring',NULL,1,NULL,NULL,NULL,NULL,NULL,'void',NULL,NULL,NULL,'b63a754a70e1415cbbef0d0bdbc1fe17',NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"digest":"5eed8446363a5eb9b11fed4b88b34d17487f6a0635a585e576dae1c9c5d8bd38","reason":"Throttled","reservation":"ab2b79ee2bf212357e97b7bc9650c5d35c8685e2a720424e9ddd25d0a52b1c38"}','cee686319b8ff0cac92ace69b92bb29f6b83155a93a9a852f5d1b2f9ef296e8f','d37006b959a4eb5d5f6cab755965383687149f8a7d0024cdccf79aa45c82964e',NULL,NULL);
INSERT INTO "ledger_entries" VALUES(19,'54b038f4cf724386ab40e6560e1871cc','memo','2026-11-02T09:00:23.000000Z','2026-11-02T09:00:23.000000Z','2026-11','run-1','spring',NULL,1,NULL,NULL,NULL,NULL,NULL,'doubt',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"of":"9afb2082f2ce4d7c8c0b249470cffe58","reason":"timeout"}','d37006b959a4eb5d5f6cab755965383687149f8a7d0024cdccf79aa45c82964e','e403da585d7ec8df3fcfea08e59153aa4258972b87fddd57ebe0cab1d02bc808',NULL,NULL);
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
INSERT INTO "reservations" VALUES('939a39747d3b4b058d24fb3bd96328fa','2026-10-30T09:00:01.000000Z','2026-10-30T09:00:02.000000Z','settled','run-1','spring','2026-10','{"attempt":1,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL,1,'07cc332e068dafc4111469412f24e67ec45795004d217ccef8029ece052d2fec');
INSERT INTO "reservations" VALUES('e35b560506c34b58918d3e7be263a913','2026-10-30T09:00:03.000000Z','2026-11-02T09:00:02.000000Z','settled','run-1','spring','2026-10','{"attempt":2,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',1450,'USD',NULL,2,'cf5fe49ca22bd605437c0f6cdd15ac204db5102667b4265b53a89baa37f0961e');
INSERT INTO "reservations" VALUES('f1a3ec49120e419ea94c4351c6886057','2026-11-02T09:00:03.000000Z','2026-11-02T09:00:04.000000Z','settled','run-1','spring','2026-11','{"attempt":3,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL,3,'25886ec6f2a1db909be8f9ba0e162a387ef467cf8848d86dde8134656dbd0586');
INSERT INTO "reservations" VALUES('58f0fde57c7c41d29105dfc4e2835854','2026-11-02T09:00:05.000000Z','2026-11-02T09:00:06.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","candidates":1,"channel":"social","edition":1,"language":"de","model":"gpt-4o-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"7db43ec0b2b2a1d0","tier":"standard","tone":"warm"}',255,'USD',NULL,4,'819cebbb483152febf04fdab4e364791d550feaeb8423a2b9267180c739f73e3');
INSERT INTO "reservations" VALUES('bcf3ba32315d49cfbc2c8a9e4cd5f3e0','2026-11-02T09:00:07.000000Z','2026-11-02T09:00:08.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"qwen","place":"","prompts":"","provider":"embedded","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"5519dfd960466f45","tier":"standard","tone":"warm"}',0,'EUR',NULL,5,'04a0df49190e35f49cc0b276daa2317c091318b48bb7683422d46b4512ffcc06');
INSERT INTO "reservations" VALUES('8ed8fd28e881480e89905c3868474c9b','2026-11-02T09:00:09.000000Z','2026-11-02T09:00:10.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"llama","place":"","prompts":"","provider":"localhost:11434","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"006d6fe3dd6bbcc8","tier":"standard","tone":"warm"}',NULL,NULL,NULL,6,'5b61859b6133dfba0b78c8648ea9c99ce31d4a90e6e556d4265b8df31dd9768a');
INSERT INTO "reservations" VALUES('05b44c2813f0458682d0a11a7d5298f4','2026-11-02T09:00:11.000000Z','2026-11-02T09:00:12.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL,7,'1c62d15affbf5d8023160dbd788f07ad47c4d46898c41e05c2454cb1d0d192b6');
INSERT INTO "reservations" VALUES('21fcacbe18874cf8ae9833b44f856ce0','2026-11-02T09:00:13.000000Z','2026-11-02T09:00:14.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL,8,'11b4c7a05c1a6c3bb745ac329558af9511301fa5665bf6d99789a67609185a62');
INSERT INTO "reservations" VALUES('b63a754a70e1415cbbef0d0bdbc1fe17','2026-11-02T09:00:20.000000Z','2026-11-02T09:00:21.000000Z','voided','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',22,'USD','Throttled',9,'ab2b79ee2bf212357e97b7bc9650c5d35c8685e2a720424e9ddd25d0a52b1c38');
INSERT INTO "reservations" VALUES('9afb2082f2ce4d7c8c0b249470cffe58','2026-11-02T09:00:22.000000Z',NULL,'possibly_billed','run-1','spring','2026-11','{"attempt":4,"campaign_id":"spring","candidates":1,"channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',1450,'USD','timeout',10,'102deec156311e5625dc77472ca5368086bdbaf7db10e0031d2546ce9df0c385');
INSERT INTO "reservations" VALUES('b10376a134f547c8a2dfa841d26fe615','2026-11-02T09:00:24.000000Z',NULL,'open','run-1','spring','2026-11','{"attempt":2,"campaign_id":"spring","candidates":1,"channel":"social","edition":1,"language":"de","model":"gpt-5-mini","place":"","prompts":"","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"7db43ec0b2b2a1d0","tier":"standard","tone":"warm"}',1450,'USD',NULL,11,'0963369206cf808394de1ea4670fac526f2c7296077577448f9c0da1a3fcc665');
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

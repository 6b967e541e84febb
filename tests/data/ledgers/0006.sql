BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
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
INSERT INTO "closings" VALUES('2026-10','2026-11-02T09:00:01.000000Z','Ana',1,'7142d34f3dbb54c1979bef44513e5e71c08684caef9b1e26bdb5cb9ca212eb2c');
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
	hash TEXT NOT NULL, 
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
INSERT INTO "ledger_entries" VALUES(1,'14e2e83cf3c543779e2d96f0492ab423','call','2026-10-30T09:00:03.000000Z','2026-10-30T09:00:02.000000Z','2026-10','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini','r1','5017aa6cb26b4c9294c5978591f3bdc6','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-10-30','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','7142d34f3dbb54c1979bef44513e5e71c08684caef9b1e26bdb5cb9ca212eb2c');
INSERT INTO "ledger_entries" VALUES(2,'7f9342ea3653452f9c19dbe0b792e32d','call','2026-11-02T09:00:02.000000Z','2026-10-30T09:00:04.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',2,'draft','openai','gpt-5-mini','r2','fd9b89d728d54dbdb34bda01c1ba302f','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-10-30','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'belongs to 2026-10, which is closed',NULL,'7142d34f3dbb54c1979bef44513e5e71c08684caef9b1e26bdb5cb9ca212eb2c','e2d718c0afcd123cfbe0e6d8dc41d2b9cb307c119f329f58afd2284f43ee3299');
INSERT INTO "ledger_entries" VALUES(3,'9926926a45f94e78830b18cc83a45858','call','2026-11-02T09:00:05.000000Z','2026-11-02T09:00:04.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',3,'draft','openai','gpt-5-mini','r3','0ac2543bd8b74fc6935f502360adb716','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'e2d718c0afcd123cfbe0e6d8dc41d2b9cb307c119f329f58afd2284f43ee3299','c45ec545d14da43f723980954115f834fbbda428f15bcfca56c244199c6c1a0f');
INSERT INTO "ledger_entries" VALUES(4,'df9d0502614f414f87877c008ceecebb','call','2026-11-02T09:00:08.000000Z','2026-11-02T09:00:07.000000Z','2026-11','run-1','spring','7db43ec0b2b2a1d0',1,'social','parents','de','warm',1,'draft','openai','gpt-4o-mini','r4','55ad7d7fedb64c1d8127f57fe115d382','answered',900,100,200,50,1250,248,'USD','0.15','0.075','0.6','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-4o-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'c45ec545d14da43f723980954115f834fbbda428f15bcfca56c244199c6c1a0f','dcba792b68797c5d7a18e86224c6df6c7feaff28015c699e8c8c15dab13f5eaf');
INSERT INTO "ledger_entries" VALUES(5,'648021bcad6442f5bfd096ab96af8a4c','call','2026-11-02T09:00:11.000000Z','2026-11-02T09:00:10.000000Z','2026-11','run-1','spring','5519dfd960466f45',1,'email','parents','fr','warm',1,'draft','embedded','qwen','r5','6b0d5508b55b4a6198d38317697b94ea','answered',900,100,200,50,1250,0,'EUR','0','0','0','2026-11-02','standard','zero','computed on this machine by the embedded model; nobody bills it',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'dcba792b68797c5d7a18e86224c6df6c7feaff28015c699e8c8c15dab13f5eaf','b6e98ba7c6cbfb34df36aee6bca4847fffccbffca110078ef77764fd8ae91c79');
INSERT INTO "ledger_entries" VALUES(6,'828e6c1d23024cb39a7cf7d3ef29ac41','call','2026-11-02T09:00:14.000000Z','2026-11-02T09:00:13.000000Z','2026-11','run-1','spring','006d6fe3dd6bbcc8',1,'email','parents','fr','warm',1,'draft','localhost:11434','llama','r6','9d09ef0c41b149d0b6e34545bd1cbe71','answered',900,100,200,50,1250,NULL,NULL,NULL,NULL,NULL,'2026-11-02','standard','genai-prices 0.2.3','no list price of ''llama'' at ''localhost:11434'' is known',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'b6e98ba7c6cbfb34df36aee6bca4847fffccbffca110078ef77764fd8ae91c79','b30be236e7613cf9300fd79233e9af003387945e127df3accb83278257d3e86b');
INSERT INTO "ledger_entries" VALUES(7,'6e8b28fc1b314e10ba60fde4780e7fcc','call','2026-11-02T09:00:17.000000Z','2026-11-02T09:00:16.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini','r6b','6ed131393c1041b48d5a9f9a8ac34627','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'b30be236e7613cf9300fd79233e9af003387945e127df3accb83278257d3e86b','612871fe40cda7c256945a05303086151107fc4a5e9b886998e65fa6e415929b');
INSERT INTO "ledger_entries" VALUES(8,'ba9f8f74b39c46ee97dbb3ac185b3b65','call','2026-11-02T09:00:20.000000Z','2026-11-02T09:00:19.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini','r3~8','ed2a996d6baa440087e3b1a88485d1c2','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'the provider gave this response id before',NULL,'612871fe40cda7c256945a05303086151107fc4a5e9b886998e65fa6e415929b','dadedbd967274560cda3eda74a061010741159bb2ae2604110fa3d053c2b1ae7');
INSERT INTO "ledger_entries" VALUES(9,'b44d9895cb4f4e79a68617ab1d32bbb8','correction','2026-11-02T09:00:21.000000Z','2026-10-30T09:00:02.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini',NULL,NULL,NULL,0,0,0,0,NULL,98,'USD',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'14e2e83cf3c543779e2d96f0492ab423','invoice 12; belongs to 2026-10, which is closed',NULL,'dadedbd967274560cda3eda74a061010741159bb2ae2604110fa3d053c2b1ae7','d0318baa5ca3f4f3ce1986e8f2fc15d0b54283b2d6f886275ab50060d6e405f7');
INSERT INTO "ledger_entries" VALUES(10,'3f8ba4e2ffec41ab8e1bf32894dc1fac','memo','2026-11-02T09:00:22.000000Z','2026-11-02T09:00:00.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',NULL,'saving',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1800,3000,5100,24000000,40000000,68000000,NULL,NULL,'{"baseline":{"adaptation_minutes":{"expected":"20","high":"30","low":"12"},"agency_price":null,"approved_by":"Chief financial officer","channel":"email","currency":"EUR","dated":"2026-07-01","days_to_market":null,"hourly_rate":"48","language":"fr","review_minutes":{"expected":"10","high":"15","low":"5"},"source":"time sheets, first half of 2026","writing_minutes":{"expected":"60","high":"90","low":"45"}},"first_of_channel_and_language":true,"spent_is_measured":false,"spent_seconds":[300,600,900],"work_seconds":[2700,3600,5400]}','d0318baa5ca3f4f3ce1986e8f2fc15d0b54283b2d6f886275ab50060d6e405f7','8e0a46cdd5f998d071b13235d3a8d1dd70dd8aed81207f2101fdfe019cdc735e');
INSERT INTO "ledger_entries" VALUES(11,'5c80ed03d57f49fd8c146e7cf4509c07','memo','2026-11-02T09:00:23.000000Z','2026-11-02T09:00:00.000000Z','2026-11','run-1','spring','5519dfd960466f45',1,'email','parents','fr','warm',NULL,'saving',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,-180,600,1500,-2400000,8000000,20000000,NULL,NULL,'{"baseline":{"adaptation_minutes":{"expected":"20","high":"30","low":"12"},"agency_price":null,"approved_by":"Chief financial officer","channel":"email","currency":"EUR","dated":"2026-07-01","days_to_market":null,"hourly_rate":"48","language":"fr","review_minutes":{"expected":"10","high":"15","low":"5"},"source":"time sheets, first half of 2026","writing_minutes":{"expected":"60","high":"90","low":"45"}},"first_of_channel_and_language":false,"spent_is_measured":false,"spent_seconds":[300,600,900],"work_seconds":[720,1200,1800]}','8e0a46cdd5f998d071b13235d3a8d1dd70dd8aed81207f2101fdfe019cdc735e','c232fd09481a8b9351d768a35dadb0ed9bfe1f92131adf38f563a1b18c8ba0ff');
INSERT INTO "ledger_entries" VALUES(12,'cdf4e05bb8bf4e149d582105184bf4e6','memo','2026-11-02T09:00:24.000000Z','2026-11-02T09:00:00.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',NULL,'review',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,510,210,-90,6800000,2800000,-1200000,NULL,NULL,'{"by":"Ana","measured_seconds":390,"saving":"3f8ba4e2ffec41ab8e1bf32894dc1fac"}','c232fd09481a8b9351d768a35dadb0ed9bfe1f92131adf38f563a1b18c8ba0ff','e71165de06f39a1c36e7acf04cc59d47d34f522070d6d5063e9efc8930d1fe3b');
INSERT INTO "ledger_entries" VALUES(13,'2d65f80d655f4a8e969e7a2aaeef0b80','memo','2026-11-02T09:00:25.000000Z','2026-11-02T09:00:25.000000Z','2026-11',NULL,'spring',NULL,1,NULL,NULL,NULL,NULL,NULL,'reinvested',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"by":"Ana","reinvested_seconds":1200}','e71165de06f39a1c36e7acf04cc59d47d34f522070d6d5063e9efc8930d1fe3b','e25091ea932b0672f10b12c5b7ecf8d02d5fce38c184b9bf75cbb8a336f2843b');
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
	comment TEXT, approval TEXT, 
	CONSTRAINT uq_pieces_campaign_id_spec_key_edition UNIQUE (campaign_id, spec_key, edition), 
	CONSTRAINT uq_pieces_id UNIQUE (id)
)
 STRICT

;
INSERT INTO "pieces" VALUES(1,'61fdbd0968feed08-1','run-1','spring','61fdbd0968feed08',1,'b','s','accepted','{}','{}','t','{"findings":[],"receipts":[]}',3,'','2026-11-02T09:00:00.000Z',NULL,NULL,NULL,NULL);
INSERT INTO "pieces" VALUES(2,'7db43ec0b2b2a1d0-1','run-1','spring','7db43ec0b2b2a1d0',1,'b','s','parked','{}','{}','t','{"findings":[],"receipts":[]}',1,'','2026-11-02T09:00:00.000Z',NULL,NULL,NULL,NULL);
INSERT INTO "pieces" VALUES(3,'5519dfd960466f45-1','run-1','spring','5519dfd960466f45',1,'b','s','accepted','{}','{}','t','{"findings":[],"receipts":[]}',1,'','2026-11-02T09:00:00.000Z',NULL,NULL,NULL,NULL);
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
	reason TEXT, 
	CONSTRAINT pk_reservations PRIMARY KEY (id), 
	CONSTRAINT ck_reservations_ck_reservations_closed CHECK ((state IN ('settled', 'voided')) = (closed_at IS NOT NULL)), 
	CONSTRAINT ck_reservations_ck_reservations_state CHECK (state IN ('open', 'settled', 'voided', 'possibly_billed'))
)
 STRICT

;
INSERT INTO "reservations" VALUES('5017aa6cb26b4c9294c5978591f3bdc6','2026-10-30T09:00:01.000000Z','2026-10-30T09:00:03.000000Z','settled','run-1','spring','2026-10','{"attempt":1,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL);
INSERT INTO "reservations" VALUES('fd9b89d728d54dbdb34bda01c1ba302f','2026-10-30T09:00:04.000000Z','2026-11-02T09:00:02.000000Z','settled','run-1','spring','2026-10','{"attempt":2,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',1450,'USD',NULL);
INSERT INTO "reservations" VALUES('0ac2543bd8b74fc6935f502360adb716','2026-11-02T09:00:03.000000Z','2026-11-02T09:00:05.000000Z','settled','run-1','spring','2026-11','{"attempt":3,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL);
INSERT INTO "reservations" VALUES('55ad7d7fedb64c1d8127f57fe115d382','2026-11-02T09:00:06.000000Z','2026-11-02T09:00:08.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","channel":"social","edition":1,"language":"de","model":"gpt-4o-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"7db43ec0b2b2a1d0","tier":"standard","tone":"warm"}',255,'USD',NULL);
INSERT INTO "reservations" VALUES('6b0d5508b55b4a6198d38317697b94ea','2026-11-02T09:00:09.000000Z','2026-11-02T09:00:11.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"qwen","provider":"embedded","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"5519dfd960466f45","tier":"standard","tone":"warm"}',0,'EUR',NULL);
INSERT INTO "reservations" VALUES('9d09ef0c41b149d0b6e34545bd1cbe71','2026-11-02T09:00:12.000000Z','2026-11-02T09:00:14.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"llama","provider":"localhost:11434","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"006d6fe3dd6bbcc8","tier":"standard","tone":"warm"}',NULL,NULL,NULL);
INSERT INTO "reservations" VALUES('6ed131393c1041b48d5a9f9a8ac34627','2026-11-02T09:00:15.000000Z','2026-11-02T09:00:17.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL);
INSERT INTO "reservations" VALUES('ed2a996d6baa440087e3b1a88485d1c2','2026-11-02T09:00:18.000000Z','2026-11-02T09:00:20.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL);
INSERT INTO "reservations" VALUES('8fa89b77ae5949e6a4f5a6d102d6dff3','2026-11-02T09:00:26.000000Z','2026-11-02T09:00:27.000000Z','voided','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',22,'USD','Throttled');
INSERT INTO "reservations" VALUES('99f2ab1bdea340a189dd742f7b98f55e','2026-11-02T09:00:28.000000Z',NULL,'possibly_billed','run-1','spring','2026-11','{"attempt":4,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',1450,'USD','timeout');
INSERT INTO "reservations" VALUES('8e875e4d41db4b3aaa8b962724b303ab','2026-11-02T09:00:29.000000Z',NULL,'open','run-1','spring','2026-11','{"attempt":2,"campaign_id":"spring","channel":"social","edition":1,"language":"de","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"7db43ec0b2b2a1d0","tier":"standard","tone":"warm"}',1450,'USD',NULL);
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
CREATE TRIGGER reservations_once BEFORE UPDATE ON reservations
       WHEN OLD.state IN ('settled', 'voided') OR NEW.id <> OLD.id OR NEW.call <> OLD.call
         OR NEW.reserved_at <> OLD.reserved_at OR NEW.estimate_micros IS NOT OLD.estimate_micros
       BEGIN SELECT RAISE(ABORT, 'a reservation is closed once and otherwise never changes'); END;
CREATE VIEW finance_calls AS
SELECT e.seq AS entry_number, e.id AS entry_id, e.kind, e.recorded_at, e.occurred_at, e.period AS month,
       e.run_id, e.campaign_id, p.id AS piece_id, e.spec_key, e.edition, e.channel, e.segment, e.language, e.tone,
       e.attempt, e.purpose, e.provider, e.model, e.response_id AS provider_request_id, e.outcome,
       e.input_tokens - e.cached_tokens AS uncached_input_tokens, e.cached_tokens AS cached_input_tokens,
       e.output_tokens, e.reasoning_tokens, e.latency_ms, e.cost_micros, e.currency,
       e.input_price, e.cached_price, e.output_price, e.price_date, e.price_tier, e.price_source, e.price_note,
       e.corrects AS corrected_entry_id, e.note
FROM ledger_entries e
LEFT JOIN pieces p ON p.campaign_id = e.campaign_id AND p.spec_key = e.spec_key AND p.edition = e.edition
WHERE e.kind <> 'memo';
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
WHERE e.kind = 'memo'
GROUP BY e.campaign_id, e.spec_key, e.edition, e.currency;
CREATE VIEW finance_refusals AS
SELECT e.period AS month, e.campaign_id, e.channel, e.segment, e.language, e.tone, e.model,
       COALESCE(a.refused_for, '') AS reason, e.currency,
       CAST(SUM(CASE WHEN e.kind = 'call' THEN 1 ELSE 0 END) AS BIGINT) AS drafts,
       CAST(COALESCE(SUM(e.cost_micros), 0) AS BIGINT) AS cost_micros
FROM ledger_entries e
JOIN pieces p ON p.campaign_id = e.campaign_id AND p.spec_key = e.spec_key AND p.edition = e.edition
LEFT JOIN attempts a ON a.campaign_id = e.campaign_id AND a.spec_key = e.spec_key AND a.edition = e.edition
                    AND a.attempt = e.attempt
WHERE e.kind <> 'memo' AND e.purpose = 'draft' AND NOT (p.status = 'accepted' AND p.attempts = e.attempt)
GROUP BY e.period, e.campaign_id, e.channel, e.segment, e.language, e.tone, e.model,
         COALESCE(a.refused_for, ''), e.currency;
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('pieces',3);
COMMIT;

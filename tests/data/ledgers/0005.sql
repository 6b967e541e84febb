BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
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
INSERT INTO "closings" VALUES('2026-10','2026-11-02T09:00:01.000000Z','Ana',1,'47f8b38a8b1beecd8e272abff528514fbcc8253a5b6311c724db7157f17e03a4');
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
INSERT INTO "ledger_entries" VALUES(1,'98b7948c515d446082861f73b6f2cb37','call','2026-10-30T09:00:03.000000Z','2026-10-30T09:00:02.000000Z','2026-10','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini','r1','57605d1369514321867fab7cc9497088','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-10-30','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','47f8b38a8b1beecd8e272abff528514fbcc8253a5b6311c724db7157f17e03a4');
INSERT INTO "ledger_entries" VALUES(2,'1368933ff25f4786842625fc5ad230e5','call','2026-11-02T09:00:02.000000Z','2026-10-30T09:00:04.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',2,'draft','openai','gpt-5-mini','r2','bca768d4693b4e0d829f1400ec26c1b5','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-10-30','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'belongs to 2026-10, which is closed',NULL,'47f8b38a8b1beecd8e272abff528514fbcc8253a5b6311c724db7157f17e03a4','761ab01c5708d4dbe6de56c5a2a6b2c08a877ad3dff9b6ccaf62401fe6b63ccc');
INSERT INTO "ledger_entries" VALUES(3,'d112522a60bc499d9527efbc36c82494','call','2026-11-02T09:00:05.000000Z','2026-11-02T09:00:04.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',3,'draft','openai','gpt-5-mini','r3','053c2efeec084f8e9ec8d3d754bce5c7','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'761ab01c5708d4dbe6de56c5a2a6b2c08a877ad3dff9b6ccaf62401fe6b63ccc','35af551c9b73694f3dd0c46a2a90129c2114484625656c490368a89d9f5fd403');
INSERT INTO "ledger_entries" VALUES(4,'9366b338e7c24e10b09ecc489e9a888c','call','2026-11-02T09:00:08.000000Z','2026-11-02T09:00:07.000000Z','2026-11','run-1','spring','7db43ec0b2b2a1d0',1,'social','parents','de','warm',1,'draft','openai','gpt-4o-mini','r4','aa2ef88224be4de7aa8b8cc764d8af6c','answered',900,100,200,50,1250,248,'USD','0.15','0.075','0.6','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-4o-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'35af551c9b73694f3dd0c46a2a90129c2114484625656c490368a89d9f5fd403','ff5ca02eb3fab08de7b44e7366ffeba4abdfc4bd943b161c4b0b914aa32817ae');
INSERT INTO "ledger_entries" VALUES(5,'d608dd5327a34b2e95b4a070755797d5','call','2026-11-02T09:00:11.000000Z','2026-11-02T09:00:10.000000Z','2026-11','run-1','spring','5519dfd960466f45',1,'email','parents','fr','warm',1,'draft','embedded','qwen','r5','5d189f275b5f4afbac7bcb404ac8e116','answered',900,100,200,50,1250,0,'EUR','0','0','0','2026-11-02','standard','zero','computed on this machine by the embedded model; nobody bills it',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'ff5ca02eb3fab08de7b44e7366ffeba4abdfc4bd943b161c4b0b914aa32817ae','c382925f708d5227e81269db0895022b3f16a14e95b6290e75e43e6ea061d92f');
INSERT INTO "ledger_entries" VALUES(6,'b6d966c7a30c485c9fac782e63fe166c','call','2026-11-02T09:00:14.000000Z','2026-11-02T09:00:13.000000Z','2026-11','run-1','spring','006d6fe3dd6bbcc8',1,'email','parents','fr','warm',1,'draft','localhost:11434','llama','r6','b112d8f6305a490cab6cc48a6363059f','answered',900,100,200,50,1250,NULL,NULL,NULL,NULL,NULL,'2026-11-02','standard','genai-prices 0.2.3','no list price of ''llama'' at ''localhost:11434'' is known',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'c382925f708d5227e81269db0895022b3f16a14e95b6290e75e43e6ea061d92f','c0224fbcb2a98d82200b8a58a209a2ff8a839b7037319f12906a865ddd25d8f9');
INSERT INTO "ledger_entries" VALUES(7,'95db0dda64ac497c948be92cd85444a7','call','2026-11-02T09:00:17.000000Z','2026-11-02T09:00:16.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini','r6b','615a8fbecf9348bfabebfcd509824f0a','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'c0224fbcb2a98d82200b8a58a209a2ff8a839b7037319f12906a865ddd25d8f9','cacf7a4e3467c27fb3ac8fcdd5393c60d6a240a573a102d1b55f2d5007b3d9e5');
INSERT INTO "ledger_entries" VALUES(8,'c8fa7261ea2d43f1bda3308e2d56dfb9','call','2026-11-02T09:00:20.000000Z','2026-11-02T09:00:19.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini','r3~8','cbe90e396a774fd2bf09109520eb2c30','answered',900,100,200,50,1250,602,'USD','0.25','0.025','2','2026-11-02','standard','genai-prices 0.2.3: openai/gpt-5-mini',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'the provider gave this response id before',NULL,'cacf7a4e3467c27fb3ac8fcdd5393c60d6a240a573a102d1b55f2d5007b3d9e5','717ae44ade8181903ad122ae6ca9e575e2a5b7fd45af975f02c2428d1b4db7d8');
INSERT INTO "ledger_entries" VALUES(9,'718d7b99bbde4fc1a3bc6024a5be4061','correction','2026-11-02T09:00:21.000000Z','2026-10-30T09:00:02.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',1,'draft','openai','gpt-5-mini',NULL,NULL,NULL,0,0,0,0,NULL,98,'USD',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'98b7948c515d446082861f73b6f2cb37','invoice 12; belongs to 2026-10, which is closed',NULL,'717ae44ade8181903ad122ae6ca9e575e2a5b7fd45af975f02c2428d1b4db7d8','2a081fb7e8ecfca99a73aa2df491bf03f8327e21ce0bde3c55e198e3bfa12a9c');
INSERT INTO "ledger_entries" VALUES(10,'534872cca16c4915960e17b07f1c5a0a','memo','2026-11-02T09:00:22.000000Z','2026-11-02T09:00:00.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',NULL,'saving',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1800,3000,5100,24000000,40000000,68000000,NULL,NULL,'{"baseline":{"adaptation_minutes":{"expected":"20","high":"30","low":"12"},"agency_price":null,"approved_by":"Chief financial officer","channel":"email","currency":"EUR","dated":"2026-07-01","days_to_market":null,"hourly_rate":"48","language":"fr","review_minutes":{"expected":"10","high":"15","low":"5"},"source":"time sheets, first half of 2026","writing_minutes":{"expected":"60","high":"90","low":"45"}},"first_of_channel_and_language":true,"spent_is_measured":false,"spent_seconds":[300,600,900],"work_seconds":[2700,3600,5400]}','2a081fb7e8ecfca99a73aa2df491bf03f8327e21ce0bde3c55e198e3bfa12a9c','4f5bafbb6a48bcbb0855a1fc9ab39c1c8184ac3141961cb20dae3334eb340c54');
INSERT INTO "ledger_entries" VALUES(11,'c45b372030b149c1a22f506fe4848cf3','memo','2026-11-02T09:00:23.000000Z','2026-11-02T09:00:00.000000Z','2026-11','run-1','spring','5519dfd960466f45',1,'email','parents','fr','warm',NULL,'saving',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,-180,600,1500,-2400000,8000000,20000000,NULL,NULL,'{"baseline":{"adaptation_minutes":{"expected":"20","high":"30","low":"12"},"agency_price":null,"approved_by":"Chief financial officer","channel":"email","currency":"EUR","dated":"2026-07-01","days_to_market":null,"hourly_rate":"48","language":"fr","review_minutes":{"expected":"10","high":"15","low":"5"},"source":"time sheets, first half of 2026","writing_minutes":{"expected":"60","high":"90","low":"45"}},"first_of_channel_and_language":false,"spent_is_measured":false,"spent_seconds":[300,600,900],"work_seconds":[720,1200,1800]}','4f5bafbb6a48bcbb0855a1fc9ab39c1c8184ac3141961cb20dae3334eb340c54','2bbfbc1d0341ee81d56eed818ef9e3261d35478628b603b990b2f38fc5203c79');
INSERT INTO "ledger_entries" VALUES(12,'016b1c47f09049fa9f0d9df722a11e4c','memo','2026-11-02T09:00:24.000000Z','2026-11-02T09:00:00.000000Z','2026-11','run-1','spring','61fdbd0968feed08',1,'email','parents','fr','warm',NULL,'review',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,'EUR',NULL,NULL,NULL,NULL,NULL,NULL,NULL,510,210,-90,6800000,2800000,-1200000,NULL,NULL,'{"by":"Ana","measured_seconds":390,"saving":"534872cca16c4915960e17b07f1c5a0a"}','2bbfbc1d0341ee81d56eed818ef9e3261d35478628b603b990b2f38fc5203c79','42facc467a6d4dda4a595b01c3c44a3852804a2ca37b28271db936679cb02f0f');
INSERT INTO "ledger_entries" VALUES(13,'609d91a51e4d4717bf0f4943da37548a','memo','2026-11-02T09:00:25.000000Z','2026-11-02T09:00:25.000000Z','2026-11',NULL,'spring',NULL,1,NULL,NULL,NULL,NULL,NULL,'reinvested',NULL,NULL,NULL,NULL,NULL,0,0,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,0,0,0,0,NULL,NULL,'{"by":"Ana","reinvested_seconds":1200}','42facc467a6d4dda4a595b01c3c44a3852804a2ca37b28271db936679cb02f0f','5c41692d29012fc366453b36141e80beac80d1f9bcc177ae6048fa2497f531e9');
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
	comment TEXT, 
	CONSTRAINT uq_pieces_campaign_id_spec_key_edition UNIQUE (campaign_id, spec_key, edition), 
	CONSTRAINT uq_pieces_id UNIQUE (id)
)
 STRICT

;
INSERT INTO "pieces" VALUES(1,'61fdbd0968feed08-1','run-1','spring','61fdbd0968feed08',1,'b','s','accepted','{}','{}','t','{"findings":[],"receipts":[]}',3,'','2026-11-02T09:00:00.000Z',NULL,NULL,NULL);
INSERT INTO "pieces" VALUES(2,'7db43ec0b2b2a1d0-1','run-1','spring','7db43ec0b2b2a1d0',1,'b','s','parked','{}','{}','t','{"findings":[],"receipts":[]}',1,'','2026-11-02T09:00:00.000Z',NULL,NULL,NULL);
INSERT INTO "pieces" VALUES(3,'5519dfd960466f45-1','run-1','spring','5519dfd960466f45',1,'b','s','accepted','{}','{}','t','{"findings":[],"receipts":[]}',1,'','2026-11-02T09:00:00.000Z',NULL,NULL,NULL);
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
INSERT INTO "reservations" VALUES('57605d1369514321867fab7cc9497088','2026-10-30T09:00:01.000000Z','2026-10-30T09:00:03.000000Z','settled','run-1','spring','2026-10','{"attempt":1,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL);
INSERT INTO "reservations" VALUES('bca768d4693b4e0d829f1400ec26c1b5','2026-10-30T09:00:04.000000Z','2026-11-02T09:00:02.000000Z','settled','run-1','spring','2026-10','{"attempt":2,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',1450,'USD',NULL);
INSERT INTO "reservations" VALUES('053c2efeec084f8e9ec8d3d754bce5c7','2026-11-02T09:00:03.000000Z','2026-11-02T09:00:05.000000Z','settled','run-1','spring','2026-11','{"attempt":3,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL);
INSERT INTO "reservations" VALUES('aa2ef88224be4de7aa8b8cc764d8af6c','2026-11-02T09:00:06.000000Z','2026-11-02T09:00:08.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","channel":"social","edition":1,"language":"de","model":"gpt-4o-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"7db43ec0b2b2a1d0","tier":"standard","tone":"warm"}',255,'USD',NULL);
INSERT INTO "reservations" VALUES('5d189f275b5f4afbac7bcb404ac8e116','2026-11-02T09:00:09.000000Z','2026-11-02T09:00:11.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"qwen","provider":"embedded","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"5519dfd960466f45","tier":"standard","tone":"warm"}',0,'EUR',NULL);
INSERT INTO "reservations" VALUES('b112d8f6305a490cab6cc48a6363059f','2026-11-02T09:00:12.000000Z','2026-11-02T09:00:14.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"llama","provider":"localhost:11434","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"006d6fe3dd6bbcc8","tier":"standard","tone":"warm"}',NULL,NULL,NULL);
INSERT INTO "reservations" VALUES('615a8fbecf9348bfabebfcd509824f0a','2026-11-02T09:00:15.000000Z','2026-11-02T09:00:17.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL);
INSERT INTO "reservations" VALUES('cbe90e396a774fd2bf09109520eb2c30','2026-11-02T09:00:18.000000Z','2026-11-02T09:00:20.000000Z','settled','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',625,'USD',NULL);
INSERT INTO "reservations" VALUES('d7e9bb8c97744179a49a404e0b3739d0','2026-11-02T09:00:26.000000Z','2026-11-02T09:00:27.000000Z','voided','run-1','spring','2026-11','{"attempt":1,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',22,'USD','Throttled');
INSERT INTO "reservations" VALUES('4a900384a05e4ae4ad8ba8917ada2a16','2026-11-02T09:00:28.000000Z',NULL,'possibly_billed','run-1','spring','2026-11','{"attempt":4,"campaign_id":"spring","channel":"email","edition":1,"language":"fr","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"61fdbd0968feed08","tier":"standard","tone":"warm"}',1450,'USD','timeout');
INSERT INTO "reservations" VALUES('6a1c0ceefbec4c7f99327ec84170b84e','2026-11-02T09:00:29.000000Z',NULL,'open','run-1','spring','2026-11','{"attempt":2,"campaign_id":"spring","channel":"social","edition":1,"language":"de","model":"gpt-5-mini","provider":"openai","purpose":"draft","run_id":"run-1","segment":"parents","spec_key":"7db43ec0b2b2a1d0","tier":"standard","tone":"warm"}',1450,'USD',NULL);
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
CREATE INDEX ix_pieces_scope_status_seq ON pieces (scope, status, seq);
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('pieces',3);
COMMIT;

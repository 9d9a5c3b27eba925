"""An invented register of any size, made by DuckDB alone: persons, households and benefits as Parquet.

Everything is a function of the row number, so that two machines make the same register. About two rows in a hundred
carry a fault. ID numbers carry the unassigned prefix 429999 and a right check character unless they are a fault.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from bangfu.policy.model import Policy
from bench.lists import list_queries, missing_columns

PER_HOUSEHOLD = 4
PER_VILLAGE = 250  # households
FAULTY = 50  # one row in this many


def pick(column: str, salt: int, *values: str) -> str:
    """SQL that takes one of the values by a hash of the row."""
    listed = ", ".join(values)
    return f"([{listed}])[(1 + hash({column} * 31 + {salt}) % {len(values)})::BIGINT]"


def draw(column: str, salt: int, low: int, high: int) -> str:
    """SQL of a whole number from low to high by a hash of the row."""
    return f"({low} + (hash({column} * 31 + {salt}) % {high - low + 1})::BIGINT)"


def faulty(column: str, salt: int) -> str:
    return f"(hash({column} * 31 + {salt}) % {FAULTY * 40} = 0)"


_DIGITS = " + ".join(
    f"((n17 // {10 ** (16 - i)}) % 10) * {weight}"
    for i, weight in enumerate((7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))
)


def person_sql(persons: int) -> str:
    i = "i"
    days = f"(n % CASE WHEN r < 2 THEN {33 * 308} ELSE {24 * 308} END)"
    youngest = "CASE WHEN r < 2 THEN 30 ELSE 3 END"
    student = (
        "CASE WHEN age < 6 THEN '学前教育' WHEN age < 12 THEN '小学' WHEN age < 15 THEN '八年级' "
        "WHEN age < 18 THEN '普通高中二年级' WHEN age < 22 THEN '本科二年级' END"
    )
    return f"""
WITH placed AS (
  SELECT i, i // {PER_HOUSEHOLD} AS h, i % {PER_HOUSEHOLD} AS r,
    CASE WHEN {faulty(i, 35)} THEN 7 ELSE i // {PER_HOUSEHOLD} END AS n,
    CASE i % {PER_HOUSEHOLD} WHEN 0 THEN 1 WHEN 1 THEN 0 ELSE i % 2 END AS male
  FROM range({persons}) t(i)
), base AS (
  SELECT *, {days} AS d, {youngest} + {days} // 308 AS age, n // CASE WHEN r < 2 THEN {33 * 308} ELSE {24 * 308} END AS seq FROM placed
), born AS (
  SELECT *, (2023 - age) * 10000 + (1 + d % 308 // 28) * 100 + 1 + d % 28 AS birth, {student} AS student,
    {pick(i, 22, *["',健康,'"] * 47, "',长期慢性病,'", "',患有大病,'")} AS health FROM base
), numbered AS (
  SELECT *, 42999900000000000 + birth * 1000 + (seq % 500) * 2 + male AS n17 FROM born
), numbers AS (
  SELECT *, n17::VARCHAR || substr('10X98765432', (({_DIGITS}) % 11 + 1)::INTEGER, 1) AS good FROM numbered
)
SELECT i AS row_key, h AS household_key, h // {PER_VILLAGE} AS village_key, 0::INTEGER AS src, i::INTEGER AS src_row,
  2023 * 1::BIGINT AS data_year, (610000000000 + h)::VARCHAR AS nat_household_no,
  (61000000000000 + i)::VARCHAR AS nat_person_no,
  CASE WHEN {faulty(i, 10)} THEN '张' ELSE '张' || chr((19968 + i % 2000)::INTEGER) || chr((19968 + i % 1777)::INTEGER) END AS full_name,
  CASE WHEN {faulty(i, 11)} THEN CASE male WHEN 1 THEN '女' ELSE '男' END ELSE CASE male WHEN 1 THEN '男' ELSE '女' END END AS sex,
  (CASE WHEN {faulty(i, 12)} THEN birth - 10000 ELSE birth END)::INTEGER AS birth_date,
  '居民身份证' AS id_doc_type,
  CASE WHEN {faulty(i, 13)} THEN left(good, 17) WHEN {faulty(i, 14)} THEN left(good, 17) || 'Y' ELSE good END AS id_no,
  CASE WHEN {faulty(i, 13)} THEN left(good, 17) ELSE good END AS id18,
  CASE WHEN {faulty(i, 15)} THEN NULL WHEN r = 0 THEN '户主' WHEN r = 1 THEN '配偶'
    WHEN male = 1 THEN '之子' ELSE '之女' END AS relation_to_head,
  CASE WHEN {faulty(i, 16)} THEN NULL ELSE '汉族' END AS ethnicity,
  {pick(i, 17, "'群众'", "'群众'", "'中共党员'", "'共青团员'")} AS political_status,
  CASE WHEN student IS NOT NULL AND NOT {faulty(i, 18)} THEN NULL ELSE {pick(i, 19, "'小学'", "'初中'", "'高中'", "'大专'")} END AS education_level,
  CASE WHEN {faulty(i, 20)} THEN NULL ELSE student END AS student_status,
  NULL::VARCHAR AS dropout_reason,
  CASE WHEN {faulty(i, 21)} THEN ',健康,残疾,' ELSE health END AS health_status,
  NULL::VARCHAR AS disability_level, NULL::VARCHAR AS disability_type,
  CASE WHEN student IS NOT NULL OR age < 16 THEN CASE WHEN {faulty(i, 23)} THEN '普通劳动力' ELSE '无劳动力' END
    WHEN age >= 60 THEN CASE WHEN {faulty(i, 24)} THEN '普通劳动力' ELSE '弱劳动力或半劳动力' END WHEN health = ',健康,' THEN '普通劳动力' ELSE '弱劳动力或半劳动力' END AS labor_ability,
  {pick(i, 25, "true", "true", "true", "false")} AS speaks_mandarin, false AS in_active_service, false AS works_abroad,
  CASE WHEN age BETWEEN 22 AND 59 THEN {draw(i, 26, 1, 12)} WHEN {faulty(i, 27)} THEN 14 ELSE NULL END AS work_months,
  CASE WHEN age BETWEEN 22 AND 59 THEN '广东省深圳市' END AS work_place,
  CASE WHEN {faulty(i, 28)} THEN '护林员' END AS public_post_type,
  CASE WHEN {faulty(i, 29)} THEN 12 END AS public_post_months,
  CASE WHEN age > 15 THEN CASE WHEN {faulty(i, 30)} THEN '19900000000' ELSE (19900000000 + i % 100000000)::VARCHAR END END AS member_phone,
  NOT {faulty(i, 31)} AS resident_medical_ins, {faulty(i, 32)} AS employee_medical_ins,
  NOT {faulty(i, 33)} AS major_illness_ins, false AS commercial_medical_ins, false AS received_medical_aid,
  false AS other_health_aid, age >= 16 AS resident_pension_ins, false AS employee_pension_ins,
  {pick(i, 34, *["'未享受'"] * 99, "'农村低保'")} AS dibao_status, '未享受' AS tekun_status,
  201612::INTEGER AS person_identified_on, NULL::VARCHAR AS added_reason, NULL::INTEGER AS added_on
FROM numbers"""


def household_sql(households: int) -> str:
    h = "h"
    return f"""
WITH base AS (
  SELECT h, {draw(h, 1, 36000, 90000)} * 100 AS wage, {draw(h, 2, 200, 20000)} * 100 AS operating,
    {draw(h, 3, 0, 3000)} * 100 AS cost, {draw(h, 4, 200, 2000)} * 100 AS property, {draw(h, 5, 500, 9000)} * 100 AS transfer
  FROM range({households}) t(h)
), net AS (SELECT *, wage + operating - cost + property + transfer AS net FROM base)
SELECT h AS row_key, h * {PER_HOUSEHOLD} AS head_key, h // {PER_VILLAGE} AS village_key, 0::INTEGER AS src, h::INTEGER AS src_row,
  (610000000000 + h)::VARCHAR AS nat_household_no, ('村' || (h // {PER_VILLAGE})) AS village_name, 2023::BIGINT AS data_year,
  {PER_HOUSEHOLD}::BIGINT AS household_size,
  (19910000000 + h % 80000000)::VARCHAR AS household_phone, '赤壁农村商业银行' AS bank_name, (81990000000000000 + h)::VARCHAR AS bank_account_no,
  {pick(h, 6, "'脱贫户'", *["'一般农户'"] * 7)} AS household_type,
  '一般脱贫户' AS household_attribute, '国家标准' AS identification_standard, 201312::INTEGER AS first_identified_on,
  CASE WHEN {faulty(h, 7)} THEN 2012 ELSE 2016 END::BIGINT AS exit_year,
  {pick(h, 8, "'缺劳动力'", *["'缺技术'", "'缺资金'"] * 12)} AS poverty_cause_main, NULL::VARCHAR AS poverty_causes_other,
  false AS is_military_martyr_family, false AS is_one_child_family, false AS is_two_daughter_family,
  wage AS wage_income, property AS property_income, CASE WHEN {faulty(h, 9)} THEN -transfer ELSE transfer END AS transfer_income,
  operating AS operating_income, cost AS operating_cost, 0::BIGINT AS family_planning_income, 0::BIGINT AS dibao_income,
  0::BIGINT AS tekun_income, 0::BIGINT AS pension_income, 40000::BIGINT AS ecology_income, 0::BIGINT AS other_transfer_income,
  CASE WHEN {faulty(h, 10)} THEN net + 100000 ELSE net END AS net_income,
  CASE WHEN {faulty(h, 11)} THEN net // 3 ELSE net // {PER_HOUSEHOLD} END AS per_capita_net_income,
  {draw(h, 12, 0, 99)} * 1000 AS farmland_mu, {draw(h, 13, 0, 60)} * 1000 AS forest_mu, 0::BIGINT AS irrigated_mu,
  0::BIGINT AS reforest_mu, 0::BIGINT AS orchard_mu, 0::BIGINT AS grass_mu, 0::BIGINT AS water_mu,
  true AS in_coop, NOT {faulty(h, 15)} AS has_power, true AS has_prod_power, true AS has_tv,
  {faulty(h, 16)} AS water_difficult, NOT {faulty(h, 17)} AS water_safe, true AS has_sanitary_toilet,
  '水泥路' AS access_road_type, {draw(h, 18, 0, 48)} * 1000 AS dist_main_road_km, '清洁能源' AS fuel_type,
  {draw(h, 19, 60, 180)} * 10000 AS house_area_sqm, '砖混' AS house_structure, {faulty(h, 20)} AS is_dangerous_house,
  NULL::VARCHAR AS house_grade, NULL::BIGINT AS renovation_year,
  {pick(h, 21, *["NULL"] * 49, "'突发严重困难户'")} AS monitor_type,
  CASE WHEN hash(h * 31 + 21) % 50 = 49 THEN 202205 END::INTEGER AS monitored_from,
  CASE WHEN hash(h * 31 + 21) % 50 = 49 AND NOT {faulty(h, 22)} THEN '因病' END AS risk_1,
  CASE WHEN hash(h * 31 + 21) % 50 = 49 AND NOT {faulty(h, 22)} THEN ',因病,' END AS risks,
  CASE WHEN hash(h * 31 + 21) % 50 = 49 THEN false END AS risk_removed
FROM net"""


def benefit_sql(benefits: int, persons: int) -> str:
    """A list of each village after the other, of its own people in no order; some get two."""
    b, village = "b", PER_HOUSEHOLD * PER_VILLAGE
    anybody = f"b // {village // 2} * {village} + {draw(b, 1, 0, village - 1)}"
    return f"""
SELECT b AS row_key, least({anybody}, {persons - 1}) AS person_key, 0::INTEGER AS src, b::INTEGER AS src_row,
  {pick(b, 2, "'farm_subsidy'", "'forest_natural'", "'public_post'", "'forest_public'")} AS programme, '2023' AS period,
  202301::INTEGER AS period_from, 202312::INTEGER AS period_to, 1::BIGINT AS months,
  {draw(b, 4, 10, 50)} * 100 AS amount, 20231128::INTEGER AS paid_on
FROM range({benefits}) t(b)"""


def make(folder: Path, persons: int, policy: Policy) -> dict[str, Path]:
    """Writes every table of the terms; the paths by table."""
    folder.mkdir(parents=True, exist_ok=True)
    households, benefits = persons // PER_HOUSEHOLD, persons // 2
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = true")
    owner = f"person_key // {PER_HOUSEHOLD} AS household_key, 'p' || person_key AS beneficiary"
    where = f"person_key // {PER_HOUSEHOLD * PER_VILLAGE} AS village_key"
    queries = {
        "person": person_sql(persons),
        "household": household_sql(households),
        "benefit": f"SELECT *, {owner}, {where} FROM ({benefit_sql(benefits, persons)})",
    }
    paths: dict[str, Path] = {}
    for table, query in queries.items():
        there = {column[0] for column in connection.execute(f"SELECT * FROM ({query}) LIMIT 0").description}
        more = missing_columns(policy.terms.table(table), there, policy)
        paths[table] = _write(connection, folder, table, f"SELECT {', '.join(['*', *more])} FROM ({query})")
    for table, query in list_queries(policy, persons, dict(paths)):
        paths[table] = _write(connection, folder, table, query)
    return paths


def _write(connection: duckdb.DuckDBPyConnection, folder: Path, table: str, query: str) -> Path:
    path = folder / f"{table}.parquet"
    connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 122880)")
    return path

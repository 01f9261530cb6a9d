/** Schemas looked at: those named, or all but the system's own. `$1` is the list. */
const visible = `n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'
  and (cardinality($1::text[]) = 0 or n.nspname = any($1::text[]))`;

/** Tables, views and partitioned tables (not their parts) that the account may read. */
export const tablesText = `
select c.oid::text, n.nspname::text, c.relname::text, c.relkind::text, obj_description(c.oid, 'pg_class'),
  case when c.relkind in ('r', 'p', 'f') then has_table_privilege(c.oid, 'insert') or has_table_privilege(c.oid, 'update')
       when c.relkind = 'v' then pg_relation_is_updatable(c.oid, true) & 28 = 28
       else false end
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition and ${visible}
  and has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
  and not exists (select 1 from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
order by n.nspname, c.relname`;

/** Their columns. Domains are followed to the type below them. */
export const columnsText = `
with recursive base as (
  select t.oid as typ, t.oid as base, t.typtype, t.typbasetype, t.typtypmod, t.typnotnull from pg_type t
  union all
  select b.typ, t.oid, t.typtype, t.typbasetype, case when b.typtypmod >= 0 then b.typtypmod else t.typtypmod end, b.typnotnull or t.typnotnull
  from base b join pg_type t on t.oid = b.typbasetype where b.typtype = 'd'
)
select c.oid::text, a.attname::text, format_type(a.atttypid, a.atttypmod), t.oid::text, t.typtype::text,
  (case when t.typcategory = 'A' then t.typelem else 0 end)::text,
  a.attnotnull or b.typnotnull,
  case when a.attgenerated = '' then coalesce(pg_get_expr(d.adbin, d.adrelid), ty.typdefault) end,
  a.attidentity::text, a.attgenerated::text,
  case when a.atttypmod >= 0 then a.atttypmod else b.typtypmod end,
  col_description(c.oid, a.attnum),
  (case when t.typcategory = 'A' then e.typname else t.typname end)::text
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join base b on b.typ = a.atttypid and b.typtype <> 'd'
join pg_type ty on ty.oid = a.atttypid
join pg_type t on t.oid = b.base
left join pg_type e on e.oid = t.typelem
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition and ${visible} and has_column_privilege(c.oid, a.attnum, 'select')
order by c.oid, a.attnum`;

/** Primary and unique keys, from indexes, so that unique indexes without a constraint count too. */
export const keysText = `
select c.oid::text, i.indisprimary,
  array(select a.attname::text from unnest(i.indkey::int[]) with ordinality k(num, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num where k.place <= i.indnkeyatts order by k.place)
from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
where i.indisunique and i.indisvalid and i.indpred is null and 0 <> all (i.indkey::int[]) and ${visible}
order by c.oid, i.indexrelid`;

/** Foreign keys with their columns in order. */
export const foreignKeysText = `
select n.nspname::text, c.relname::text,
  array(select a.attname::text from unnest(k.conkey) with ordinality x(num, place) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.num order by x.place),
  n2.nspname::text, c2.relname::text,
  array(select a.attname::text from unnest(k.confkey) with ordinality x(num, place) join pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.num order by x.place),
  k.conname::text
from pg_constraint k
join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
join pg_class c2 on c2.oid = k.confrelid join pg_namespace n2 on n2.oid = c2.relnamespace
where k.contype = 'f' and not c.relispartition and k.conparentid = 0 and ${visible}
order by n.nspname, c.relname, k.conname`;

/** Labels of enumerations by type number. */
export const enumsText = `
select e.enumtypid::text, array_agg(e.enumlabel::text order by e.enumsortorder)
from pg_enum e where cardinality($1::text[]) >= 0 group by e.enumtypid`;

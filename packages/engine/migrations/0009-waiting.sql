-- What is under way, by the system that it waits on: so that a partner with a million exchanges waiting is passed
-- over, woken or listed without its rows being walked through.
create index operations_waiting on operations (shard_id, waiting_on, due_at) where due_at is not null;
drop index operations_due;

"""How Alembic reaches the database: on the connection that `database.migrate` has opened."""

from alembic import context

from livestream.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()

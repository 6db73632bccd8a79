"""The use cases, one transaction each. They know neither SpiffWorkflow nor SQLAlchemy nor Flask."""

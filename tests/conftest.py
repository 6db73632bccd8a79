"""What all tests share."""
import os
from hypothesis import settings, HealthCheck
settings.register_profile("here", deadline=None, derandomize=bool(os.environ.get("CI")), suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")

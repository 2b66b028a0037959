"""What stands between every request and its view."""

from helpline.middleware.safety import SafetyHeadersMiddleware
from helpline.middleware.second_factor import StaffSecondFactorMiddleware

__all__ = ["SafetyHeadersMiddleware", "StaffSecondFactorMiddleware"]

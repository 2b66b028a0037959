"""What stands between every request and its view."""

from helpline.web.middleware.language import LanguageOfAddressMiddleware
from helpline.web.middleware.measuring import MeasureMiddleware
from helpline.web.middleware.methods import DeskMethodsMiddleware
from helpline.web.middleware.page_size import PageSizeMiddleware
from helpline.web.middleware.recovered import RecoveredAccountMiddleware
from helpline.web.middleware.safety import SafetyHeadersMiddleware
from helpline.web.middleware.second_factor import StaffSecondFactorMiddleware
from helpline.web.middleware.step_up import StepUpMiddleware

__all__ = [
    "DeskMethodsMiddleware",
    "LanguageOfAddressMiddleware",
    "MeasureMiddleware",
    "PageSizeMiddleware",
    "RecoveredAccountMiddleware",
    "SafetyHeadersMiddleware",
    "StaffSecondFactorMiddleware",
    "StepUpMiddleware",
]

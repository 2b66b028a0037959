"""What stands between every request and its view."""

from helpline.middleware.counting import CountVisitsMiddleware
from helpline.middleware.language import LanguageOfAddressMiddleware
from helpline.middleware.measuring import MeasureMiddleware
from helpline.middleware.methods import DeskMethodsMiddleware
from helpline.middleware.safety import SafetyHeadersMiddleware
from helpline.middleware.second_factor import StaffSecondFactorMiddleware

__all__ = [
    "CountVisitsMiddleware",
    "DeskMethodsMiddleware",
    "LanguageOfAddressMiddleware",
    "MeasureMiddleware",
    "SafetyHeadersMiddleware",
    "StaffSecondFactorMiddleware",
]

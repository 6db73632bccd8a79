"""Two hundred dates of 2026 and 2027, worked out by hand and by another calendar than the engine's.

The calendar behind them: Monday to Friday, without the bank holidays of England and Wales. Times are London's; the hour
that comes twice in autumn is the first of the two.
"""

from datetime import datetime
from functools import cache
from typing import Any

import pytest
from play import at, build, shipped

from engine.calendar import working_days as days
from engine.course import Version
from engine.dispute import contact
from engine.proof import timeline
from engine.proof.simulation import Simulation

RECEIVING = {
    "family services": "local_authority", "police": "police", "school": "school", "health": "health",
    "probation": "probation",
}  # fmt: skip
ASKED_AT = {
    "stage 1": "Stage1_Discuss", "line 1": "Stage2_Line1_Others", "line 2": "Stage2_Line2_Police",
    "line 3": "Stage2_Line3_Police", "stage 3": "Stage3_Director",
}  # fmt: skip
"""A task of each; the table that they name is the same, and asks for the agency itself."""

# Pathway (Barnet's route is the longest, that of family services, unless another agency is named), when it is raised,
# stage, the stage's deadline if every limit is used in full, and the working day after raising on which that falls. An
# exceptional stage (Birmingham, Wolverhampton) and Bromley's Chair begin after two days for the question before them.
DEADLINES = [
    # New Year's Day: it isn't a working day, nor is it counted.
    ("birmingham", "Thu 1 Jan 2026 10:00", "Stage1", "Thu 8 Jan 2026 17:00 GMT", 5),
    ("birmingham", "Thu 1 Jan 2026 10:00", "Stage2", "Mon 12 Jan 2026 17:00 GMT", 7),
    ("birmingham", "Thu 1 Jan 2026 10:00", "Stage3", "Thu 15 Jan 2026 17:00 GMT", 10),
    # The last minute of a month's last working day.
    ("birmingham", "Fri 27 Feb 2026 16:59", "Stage1", "Fri 6 Mar 2026 17:00 GMT", 5),
    ("birmingham", "Fri 27 Feb 2026 16:59", "Stage4", "Thu 19 Mar 2026 17:00 GMT", 14),
    # The evening before the clocks go forward, over Easter.
    ("birmingham", "Fri 27 Mar 2026 18:30", "Stage1", "Tue 7 Apr 2026 17:00 BST", 5),
    ("birmingham", "Fri 27 Mar 2026 18:30", "Stage2", "Thu 9 Apr 2026 17:00 BST", 7),
    ("birmingham", "Fri 27 Mar 2026 18:30", "Stage3", "Tue 14 Apr 2026 17:00 BST", 10),
    ("birmingham", "Fri 27 Mar 2026 18:30", "Stage4", "Mon 20 Apr 2026 17:00 BST", 14),
    ("birmingham", "Fri 27 Mar 2026 18:30", "Stage5", "Wed 29 Apr 2026 17:00 BST", 21),
    # The day before Good Friday.
    ("birmingham", "Thu 2 Apr 2026 10:00", "Stage1", "Mon 13 Apr 2026 17:00 BST", 5),
    ("birmingham", "Thu 2 Apr 2026 10:00", "Stage2", "Wed 15 Apr 2026 17:00 BST", 7),
    # As the office closes before a bank holiday weekend.
    ("birmingham", "Fri 22 May 2026 17:00", "Stage1", "Mon 1 Jun 2026 17:00 BST", 5),
    ("birmingham", "Fri 22 May 2026 17:00", "Stage3", "Mon 8 Jun 2026 17:00 BST", 10),
    # The Saturday before a bank holiday.
    ("birmingham", "Sat 29 Aug 2026 11:00", "Stage1", "Mon 7 Sep 2026 17:00 BST", 5),
    ("birmingham", "Sat 29 Aug 2026 11:00", "Stage2", "Wed 9 Sep 2026 17:00 BST", 7),
    # Late on the eve of the clocks going back.
    ("birmingham", "Sat 24 Oct 2026 23:30", "Stage1", "Fri 30 Oct 2026 17:00 GMT", 5),
    ("birmingham", "Sat 24 Oct 2026 23:30", "Stage4", "Thu 12 Nov 2026 17:00 GMT", 14),
    # In the hour that comes twice.
    ("birmingham", "Sun 25 Oct 2026 01:30", "Stage2", "Tue 3 Nov 2026 17:00 GMT", 7),
    ("birmingham", "Sun 25 Oct 2026 01:30", "Stage3", "Fri 6 Nov 2026 17:00 GMT", 10),
    # Christmas Eve; Boxing Day's substitute is Monday.
    ("birmingham", "Thu 24 Dec 2026 16:00", "Stage1", "Tue 5 Jan 2027 17:00 GMT", 5),
    ("birmingham", "Thu 24 Dec 2026 16:00", "Stage2", "Thu 7 Jan 2027 17:00 GMT", 7),
    ("birmingham", "Thu 24 Dec 2026 16:00", "Stage3", "Tue 12 Jan 2027 17:00 GMT", 10),
    ("birmingham", "Thu 24 Dec 2026 16:00", "Stage4", "Mon 18 Jan 2027 17:00 GMT", 14),
    ("birmingham", "Thu 24 Dec 2026 16:00", "Stage5", "Wed 27 Jan 2027 17:00 GMT", 21),
    # The last minute of a year.
    ("birmingham", "Thu 31 Dec 2026 23:59", "Stage1", "Fri 8 Jan 2027 17:00 GMT", 5),
    ("birmingham", "Thu 31 Dec 2026 23:59", "Stage5", "Mon 1 Feb 2027 17:00 GMT", 21),
    # The day before Good Friday, clocks forward on Easter Day.
    ("birmingham", "Thu 25 Mar 2027 09:00", "Stage1", "Mon 5 Apr 2027 17:00 BST", 5),
    ("birmingham", "Thu 25 Mar 2027 09:00", "Stage2", "Wed 7 Apr 2027 17:00 BST", 7),
    # Two substitute days, and New Year's substitute on 3 January 2028.
    ("birmingham", "Thu 23 Dec 2027 10:00", "Stage1", "Tue 4 Jan 2028 17:00 GMT", 5),
    ("birmingham", "Thu 23 Dec 2027 10:00", "Stage2", "Thu 6 Jan 2028 17:00 GMT", 7),
    ("birmingham", "Thu 23 Dec 2027 10:00", "Stage5", "Wed 26 Jan 2028 17:00 GMT", 21),
    # Just after hours, at a month's end.
    ("wolverhampton", "Fri 30 Jan 2026 17:01", "Stage1", "Fri 6 Feb 2026 17:00 GMT", 5),
    ("wolverhampton", "Fri 30 Jan 2026 17:01", "Stage3", "Fri 13 Feb 2026 17:00 GMT", 10),
    # Half an hour before the clocks go forward.
    ("wolverhampton", "Sun 29 Mar 2026 00:30", "Stage1", "Tue 7 Apr 2026 17:00 BST", 5),
    ("wolverhampton", "Sun 29 Mar 2026 00:30", "Stage2", "Thu 9 Apr 2026 17:00 BST", 7),
    # Good Friday.
    ("wolverhampton", "Fri 3 Apr 2026 12:00", "Stage1", "Mon 13 Apr 2026 17:00 BST", 5),
    ("wolverhampton", "Fri 3 Apr 2026 12:00", "Stage2", "Wed 15 Apr 2026 17:00 BST", 7),
    ("wolverhampton", "Fri 3 Apr 2026 12:00", "Exceptional", "Wed 6 May 2026 17:00 BST", 21),
    # London's last minute of June.
    ("wolverhampton", "Tue 30 Jun 2026 23:59", "Stage1", "Tue 7 Jul 2026 17:00 BST", 5),
    ("wolverhampton", "Tue 30 Jun 2026 23:59", "Stage3", "Tue 14 Jul 2026 17:00 BST", 10),
    # Already July in London, still June by UTC.
    ("wolverhampton", "Wed 1 Jul 2026 00:30", "Stage1", "Wed 8 Jul 2026 17:00 BST", 5),
    ("wolverhampton", "Wed 1 Jul 2026 00:30", "Stage3", "Wed 15 Jul 2026 17:00 BST", 10),
    # Before hours, and over the clocks going back.
    ("wolverhampton", "Wed 30 Sep 2026 08:59", "Stage2", "Fri 9 Oct 2026 17:00 BST", 7),
    ("wolverhampton", "Wed 30 Sep 2026 08:59", "Stage4", "Tue 20 Oct 2026 17:00 BST", 14),
    # Christmas Day.
    ("wolverhampton", "Fri 25 Dec 2026 12:00", "Stage1", "Tue 5 Jan 2027 17:00 GMT", 5),
    ("wolverhampton", "Fri 25 Dec 2026 12:00", "Stage2", "Thu 7 Jan 2027 17:00 GMT", 7),
    # An evening between the years.
    ("wolverhampton", "Wed 30 Dec 2026 20:00", "Stage1", "Thu 7 Jan 2027 17:00 GMT", 5),
    ("wolverhampton", "Wed 30 Dec 2026 20:00", "Stage2", "Mon 11 Jan 2027 17:00 GMT", 7),
    ("wolverhampton", "Wed 30 Dec 2026 20:00", "Stage4", "Wed 20 Jan 2027 17:00 GMT", 14),
    # A month's end; the exceptional stage ends after Easter.
    ("wolverhampton", "Fri 26 Feb 2027 10:00", "Stage1", "Fri 5 Mar 2027 17:00 GMT", 5),
    ("wolverhampton", "Fri 26 Feb 2027 10:00", "Exceptional", "Wed 31 Mar 2027 17:00 BST", 21),
    # Easter Day, after the clocks went forward.
    ("wolverhampton", "Sun 28 Mar 2027 03:00", "Stage1", "Mon 5 Apr 2027 17:00 BST", 5),
    ("wolverhampton", "Sun 28 Mar 2027 03:00", "Stage2", "Wed 7 Apr 2027 17:00 BST", 7),
    # Before a bank holiday on the month's last day.
    ("wolverhampton", "Fri 28 May 2027 15:00", "Stage1", "Mon 7 Jun 2027 17:00 BST", 5),
    ("wolverhampton", "Fri 28 May 2027 15:00", "Stage3", "Mon 14 Jun 2027 17:00 BST", 10),
    # In the hour that comes twice.
    ("wolverhampton", "Sun 31 Oct 2027 01:30", "Stage1", "Fri 5 Nov 2027 17:00 GMT", 5),
    ("wolverhampton", "Sun 31 Oct 2027 01:30", "Stage2", "Tue 9 Nov 2027 17:00 GMT", 7),
    # A year's last evening; 3 January 2028 is New Year's substitute.
    ("wolverhampton", "Fri 31 Dec 2027 17:30", "Stage1", "Mon 10 Jan 2028 17:00 GMT", 5),
    ("wolverhampton", "Fri 31 Dec 2027 17:30", "Stage4", "Fri 21 Jan 2028 17:00 GMT", 14),
    # Over the clock change and Easter.
    ("bromley", "Thu 26 Mar 2026 10:00", "Stage1", "Fri 27 Mar 2026 17:00 GMT", 1),
    ("bromley", "Thu 26 Mar 2026 10:00", "Stage2", "Tue 31 Mar 2026 17:00 BST", 3),
    ("bromley", "Thu 26 Mar 2026 10:00", "Stage3", "Wed 1 Apr 2026 17:00 BST", 4),
    ("bromley", "Thu 26 Mar 2026 10:00", "Board", "Thu 2 Apr 2026 17:00 BST", 5),
    ("bromley", "Thu 26 Mar 2026 10:00", "Stage4", "Wed 15 Apr 2026 17:00 BST", 12),
    # A bank holiday.
    ("bromley", "Mon 31 Aug 2026 12:00", "Stage1", "Tue 1 Sep 2026 17:00 BST", 1),
    ("bromley", "Mon 31 Aug 2026 12:00", "Stage2", "Thu 3 Sep 2026 17:00 BST", 3),
    ("bromley", "Mon 31 Aug 2026 12:00", "Stage4", "Wed 16 Sep 2026 17:00 BST", 12),
    # Over the clocks going back.
    ("bromley", "Fri 23 Oct 2026 09:00", "Stage1", "Mon 26 Oct 2026 17:00 GMT", 1),
    ("bromley", "Fri 23 Oct 2026 09:00", "Stage2", "Wed 28 Oct 2026 17:00 GMT", 3),
    ("bromley", "Fri 23 Oct 2026 09:00", "Stage3", "Thu 29 Oct 2026 17:00 GMT", 4),
    ("bromley", "Fri 23 Oct 2026 09:00", "Board", "Fri 30 Oct 2026 17:00 GMT", 5),
    ("bromley", "Fri 23 Oct 2026 09:00", "Stage4", "Tue 10 Nov 2026 17:00 GMT", 12),
    # Over Christmas and New Year.
    ("bromley", "Tue 22 Dec 2026 10:00", "Stage1", "Wed 23 Dec 2026 17:00 GMT", 1),
    ("bromley", "Tue 22 Dec 2026 10:00", "Stage2", "Tue 29 Dec 2026 17:00 GMT", 3),
    ("bromley", "Tue 22 Dec 2026 10:00", "Stage3", "Wed 30 Dec 2026 17:00 GMT", 4),
    ("bromley", "Tue 22 Dec 2026 10:00", "Board", "Thu 31 Dec 2026 17:00 GMT", 5),
    ("bromley", "Tue 22 Dec 2026 10:00", "Stage4", "Tue 12 Jan 2027 17:00 GMT", 12),
    # An evening before Easter and the clock change.
    ("bromley", "Wed 24 Mar 2027 18:00", "Stage1", "Thu 25 Mar 2027 17:00 GMT", 1),
    ("bromley", "Wed 24 Mar 2027 18:00", "Stage2", "Wed 31 Mar 2027 17:00 BST", 3),
    ("bromley", "Wed 24 Mar 2027 18:00", "Stage3", "Thu 1 Apr 2027 17:00 BST", 4),
    ("bromley", "Wed 24 Mar 2027 18:00", "Board", "Fri 2 Apr 2027 17:00 BST", 5),
    ("bromley", "Wed 24 Mar 2027 18:00", "Stage4", "Tue 13 Apr 2027 17:00 BST", 12),
    # Christmas's substitute day, over New Year's.
    ("bromley", "Mon 27 Dec 2027 12:00", "Stage1", "Wed 29 Dec 2027 17:00 GMT", 1),
    ("bromley", "Mon 27 Dec 2027 12:00", "Stage3", "Tue 4 Jan 2028 17:00 GMT", 4),
    # The Saturday before the clocks go forward.
    ("barnet", "Sat 28 Mar 2026 10:00", "Stage1", "Mon 30 Mar 2026 17:00 BST", 1),
    ("barnet", "Sat 28 Mar 2026 10:00", "Stage2_Line1", "Tue 31 Mar 2026 17:00 BST", 2),
    ("barnet", "Sat 28 Mar 2026 10:00", "Stage3", "Tue 7 Apr 2026 17:00 BST", 5),
    # Easter Monday.
    ("barnet", "Mon 6 Apr 2026 12:00", "Stage1", "Tue 7 Apr 2026 17:00 BST", 1),
    ("barnet", "Mon 6 Apr 2026 12:00", "Stage3", "Mon 13 Apr 2026 17:00 BST", 5),
    # A bank holiday.
    ("barnet", "Mon 4 May 2026 09:00", "Stage1", "Tue 5 May 2026 17:00 BST", 1),
    ("barnet", "Mon 4 May 2026 09:00", "Stage2_Line2", "Thu 7 May 2026 17:00 BST", 3),
    # As the office closes before the clocks go back.
    ("barnet", "Fri 23 Oct 2026 17:00", "Stage1", "Mon 26 Oct 2026 17:00 GMT", 1),
    ("barnet", "Fri 23 Oct 2026 17:00", "Stage2_Line1", "Tue 27 Oct 2026 17:00 GMT", 2),
    # Over Christmas.
    ("barnet", "Wed 23 Dec 2026 10:00", "Stage1", "Thu 24 Dec 2026 17:00 GMT", 1),
    ("barnet", "Wed 23 Dec 2026 10:00", "Stage2_Line1", "Tue 29 Dec 2026 17:00 GMT", 2),
    ("barnet", "Wed 23 Dec 2026 10:00", "Stage2_Line2", "Wed 30 Dec 2026 17:00 GMT", 3),
    ("barnet", "Wed 23 Dec 2026 10:00", "Stage2_Line3", "Thu 31 Dec 2026 17:00 GMT", 4),
    ("barnet", "Wed 23 Dec 2026 10:00", "Stage3", "Mon 4 Jan 2027 17:00 GMT", 5),
    # Boxing Day's substitute.
    ("barnet", "Mon 28 Dec 2026 12:00", "Stage1", "Tue 29 Dec 2026 17:00 GMT", 1),
    ("barnet", "Mon 28 Dec 2026 12:00", "Stage3", "Tue 5 Jan 2027 17:00 GMT", 5),
    # The first moment of a year, a bank holiday.
    ("barnet", "Fri 1 Jan 2027 00:00", "Stage1", "Mon 4 Jan 2027 17:00 GMT", 1),
    ("barnet", "Fri 1 Jan 2027 00:00", "Stage2_Line3", "Thu 7 Jan 2027 17:00 GMT", 4),
    # Good Friday.
    ("barnet", "Fri 26 Mar 2027 10:00", "Stage1", "Tue 30 Mar 2027 17:00 BST", 1),
    ("barnet", "Fri 26 Mar 2027 10:00", "Stage3", "Mon 5 Apr 2027 17:00 BST", 5),
    # Already Tuesday in London, still Monday by UTC.
    ("barnet", "Tue 15 Jun 2027 00:15", "Stage1", "Wed 16 Jun 2027 17:00 BST", 1),
    ("barnet", "Tue 15 Jun 2027 00:15", "Stage2_Line2", "Fri 18 Jun 2027 17:00 BST", 3),
    # The Friday night before a bank holiday.
    ("barnet", "Fri 27 Aug 2027 21:00", "Stage1", "Tue 31 Aug 2027 17:00 BST", 1),
    ("barnet", "Fri 27 Aug 2027 21:00", "Stage3", "Mon 6 Sep 2027 17:00 BST", 5),
    # Christmas Eve's last minute.
    ("barnet", "Fri 24 Dec 2027 16:59", "Stage1", "Wed 29 Dec 2027 17:00 GMT", 1),
    ("barnet", "Fri 24 Dec 2027 16:59", "Stage2_Line1", "Thu 30 Dec 2027 17:00 GMT", 2),
    # Three lines, and the Commander once more; over the clocks going back.
    ("barnet, police", "Fri 29 Oct 2027 20:59", "Stage1", "Mon 1 Nov 2027 17:00 GMT", 1),
    ("barnet, police", "Fri 29 Oct 2027 20:59", "Stage2_Line3", "Thu 4 Nov 2027 17:00 GMT", 4),
    ("barnet, police", "Fri 29 Oct 2027 20:59", "Stage3", "Fri 5 Nov 2027 17:00 GMT", 5),
    # The head teacher, five days of the school's own procedure, the officer; over Christmas and New Year.
    ("barnet, school", "Thu 24 Dec 2026 09:00", "Stage2_Line1", "Wed 30 Dec 2026 17:00 GMT", 2),
    ("barnet, school", "Thu 24 Dec 2026 09:00", "Stage2_School", "Thu 7 Jan 2027 17:00 GMT", 7),
    ("barnet, school", "Thu 24 Dec 2026 09:00", "Stage2_Officer", "Fri 8 Jan 2027 17:00 GMT", 8),
    ("barnet, school", "Thu 24 Dec 2026 09:00", "Stage3", "Mon 11 Jan 2027 17:00 GMT", 9),
    # One line, over Easter.
    ("barnet, health", "Wed 24 Mar 2027 10:00", "Stage2_Line1", "Tue 30 Mar 2027 17:00 BST", 2),
    ("barnet, health", "Wed 24 Mar 2027 10:00", "Stage3", "Wed 31 Mar 2027 17:00 BST", 3),
    # A Friday before a bank holiday, and another at the end of May.
    ("harrow", "Fri 1 May 2026 10:00", "Stage1", "Thu 7 May 2026 17:00 BST", 3),
    ("harrow", "Fri 1 May 2026 10:00", "Stage2", "Tue 12 May 2026 17:00 BST", 6),
    ("harrow", "Fri 1 May 2026 10:00", "Stage3", "Tue 19 May 2026 17:00 BST", 11),
    ("harrow", "Fri 1 May 2026 10:00", "Stage4", "Wed 27 May 2026 17:00 BST", 16),
    ("harrow", "Fri 1 May 2026 10:00", "Stage5", "Wed 3 Jun 2026 17:00 BST", 21),
    # Over Christmas and New Year.
    ("harrow", "Wed 23 Dec 2026 10:00", "Stage1", "Wed 30 Dec 2026 17:00 GMT", 3),
    ("harrow", "Wed 23 Dec 2026 10:00", "Stage2", "Tue 5 Jan 2027 17:00 GMT", 6),
    ("harrow", "Wed 23 Dec 2026 10:00", "Stage3", "Tue 12 Jan 2027 17:00 GMT", 11),
    ("harrow", "Wed 23 Dec 2026 10:00", "Stage4", "Tue 19 Jan 2027 17:00 GMT", 16),
    ("harrow", "Wed 23 Dec 2026 10:00", "Stage5", "Tue 26 Jan 2027 17:00 GMT", 21),
    # Easter Saturday, the day before the clock change.
    ("harrow", "Sat 27 Mar 2027 07:00", "Stage1", "Thu 1 Apr 2027 17:00 BST", 3),
    ("harrow", "Sat 27 Mar 2027 07:00", "Stage2", "Tue 6 Apr 2027 17:00 BST", 6),
    ("harrow", "Sat 27 Mar 2027 07:00", "Stage3", "Tue 13 Apr 2027 17:00 BST", 11),
    ("harrow", "Sat 27 Mar 2027 07:00", "Stage4", "Tue 20 Apr 2027 17:00 BST", 16),
    # A month's end before a bank holiday.
    ("harrow", "Fri 30 Apr 2027 16:59", "Stage1", "Thu 6 May 2027 17:00 BST", 3),
    ("harrow", "Fri 30 Apr 2027 16:59", "Stage3", "Tue 18 May 2027 17:00 BST", 11),
    ("harrow", "Fri 30 Apr 2027 16:59", "Stage5", "Wed 2 Jun 2027 17:00 BST", 21),
    # A Friday before the clocks go back.
    ("harrow", "Fri 29 Oct 2027 16:00", "Stage1", "Wed 3 Nov 2027 17:00 GMT", 3),
    ("harrow", "Fri 29 Oct 2027 16:00", "Stage2", "Mon 8 Nov 2027 17:00 GMT", 6),
    ("harrow", "Fri 29 Oct 2027 16:00", "Stage3", "Mon 15 Nov 2027 17:00 GMT", 11),
    ("harrow", "Fri 29 Oct 2027 16:00", "Stage4", "Mon 22 Nov 2027 17:00 GMT", 16),
    # The end of the day on which the clocks go back.
    ("harrow", "Sun 25 Oct 2026 23:59", "Stage1", "Wed 28 Oct 2026 17:00 GMT", 3),
    ("harrow", "Sun 25 Oct 2026 23:59", "Stage2", "Mon 2 Nov 2026 17:00 GMT", 6),
]  # fmt: skip

# When one looks, who is disputed with, the case, where on the route, whom to contact, and what is said beside it ("" is
# nothing). Day is 07:00 to 21:00, office hours are 09:00 to 17:00 on working days; the later limit is outside of both.
CONTACTS = [
    # An open case on the first line, every boundary of a Wednesday in summer.
    ("Wed 15 Jul 2026 06:59", "family services", "family_open", "line 1", "Head of Service on duty", ""),
    ("Wed 15 Jul 2026 07:00", "family services", "family_open", "line 1", "Head of Service on duty", ""),
    ("Wed 15 Jul 2026 08:59", "family services", "family_open", "line 1", "Head of Service on duty", ""),
    ("Wed 15 Jul 2026 09:00", "family services", "family_open", "line 1",
     "team manager of the allocated social worker", ""),
    ("Wed 15 Jul 2026 16:59", "family services", "family_open", "line 1",
     "team manager of the allocated social worker", ""),
    ("Wed 15 Jul 2026 17:00", "family services", "family_open", "line 1", "Head of Service on duty", ""),
    ("Wed 15 Jul 2026 20:59", "family services", "family_open", "line 1", "Head of Service on duty", ""),
    ("Wed 15 Jul 2026 21:00", "family services", "family_open", "line 1", "Head of Service on duty", ""),
    # The second line of the police, every boundary of a Tuesday in winter.
    ("Tue 10 Nov 2026 06:59", "police", "police_barnet", "line 2", "Night Duty Superintendent", ""),
    ("Tue 10 Nov 2026 07:00", "police", "police_barnet", "line 2", "Senior Leadership Team", ""),
    ("Tue 10 Nov 2026 08:59", "police", "police_barnet", "line 2", "Senior Leadership Team", ""),
    ("Tue 10 Nov 2026 09:00", "police", "police_barnet", "line 2", "Senior Leadership Team", "Safeguarding Lead"),
    ("Tue 10 Nov 2026 16:59", "police", "police_barnet", "line 2", "Senior Leadership Team", "Safeguarding Lead"),
    ("Tue 10 Nov 2026 17:00", "police", "police_barnet", "line 2", "Senior Leadership Team", ""),
    ("Tue 10 Nov 2026 20:59", "police", "police_barnet", "line 2", "Senior Leadership Team", ""),
    ("Tue 10 Nov 2026 21:00", "police", "police_barnet", "line 2", "Night Duty Superintendent", ""),
    # The clocks go forward on 29 March 2026: it is 07:00 an hour sooner than the day before.
    ("Sat 28 Mar 2026 20:59", "police", "police_barnet", "line 2", "Senior Leadership Team", ""),
    ("Sun 29 Mar 2026 00:59", "police", "police_barnet", "line 2", "Night Duty Superintendent", ""),
    ("Sun 29 Mar 2026 06:59", "police", "police_specialist", "line 2", "Night Duty Superintendent", ""),
    ("Sun 29 Mar 2026 07:00", "police", "police_barnet", "line 2", "Senior Leadership Team", ""),
    ("Sun 29 Mar 2026 20:59", "police", "police_elsewhere", "line 2", "Senior Leadership Team", ""),
    ("Sun 29 Mar 2026 21:00", "police", "police_barnet", "line 2", "Night Duty Superintendent", ""),
    ("Mon 30 Mar 2026 08:59", "family services", "family_new", "stage 1", "Emergency Duty Team", ""),
    ("Mon 30 Mar 2026 09:00", "family services", "family_new", "stage 1", "MASH social worker", ""),
    # And back on 25 October 2026.
    ("Sun 25 Oct 2026 01:30", "police", "police_barnet", "line 2", "Night Duty Superintendent", ""),
    ("Sun 25 Oct 2026 06:59", "police", "police_barnet", "line 2", "Night Duty Superintendent", ""),
    ("Sun 25 Oct 2026 07:00", "police", "police_barnet", "line 2", "Senior Leadership Team", ""),
    ("Mon 26 Oct 2026 08:59", "family services", "family_plan", "line 1", "Head of Service on duty", ""),
    ("Mon 26 Oct 2026 09:00", "family services", "family_plan", "line 1", "team manager", "Reviewing Officer"),
    ("Mon 26 Oct 2026 16:59", "family services", "family_early_help", "line 2",
     "Head of Service of the service area", "Team Around the Child"),
    ("Mon 26 Oct 2026 17:00", "family services", "family_early_help", "line 2",
     "Head of Service on duty", "Until 09:00"),
    # Forward on Easter Day of 2027; Easter Monday has no office hours.
    ("Sun 28 Mar 2027 06:59", "police", "police_barnet", "line 2", "Night Duty Superintendent", ""),
    ("Sun 28 Mar 2027 07:00", "police", "police_barnet", "line 2", "Senior Leadership Team", ""),
    ("Mon 29 Mar 2027 09:00", "police", "police_barnet", "line 2", "Senior Leadership Team", ""),
    ("Tue 30 Mar 2027 09:00", "police", "police_barnet", "line 2", "Senior Leadership Team", "Safeguarding Lead"),
    # And back on 31 October 2027.
    ("Sun 31 Oct 2027 06:59", "police", "police_barnet", "line 2", "Night Duty Superintendent", ""),
    ("Sun 31 Oct 2027 07:00", "police", "police_barnet", "line 2", "Senior Leadership Team", ""),
    ("Mon 1 Nov 2027 08:59", "family services", "family_open", "stage 1", "Emergency Duty Team", ""),
    ("Mon 1 Nov 2027 09:00", "family services", "family_open", "stage 1",
     "allocated social worker or lead professional", ""),
    # Family services at weekends, on bank holidays and on their substitute days.
    ("Fri 3 Apr 2026 12:00", "family services", "family_open", "stage 1", "Emergency Duty Team", ""),
    ("Sat 11 Jul 2026 12:00", "family services", "family_new", "line 1", "Head of Service on duty", ""),
    ("Thu 24 Dec 2026 16:59", "family services", "family_open", "line 2", "Head of Service of the service area", ""),
    ("Thu 24 Dec 2026 17:00", "family services", "family_open", "line 2", "Head of Service on duty", "Until 09:00"),
    ("Fri 25 Dec 2026 12:00", "family services", "family_new", "line 2", "Head of Service on duty", "Until 09:00"),
    ("Mon 28 Dec 2026 12:00", "family services", "family_open", "stage 1", "Emergency Duty Team", ""),
    ("Tue 29 Dec 2026 09:00", "family services", "family_new", "line 1", "MASH team manager", ""),
    ("Mon 4 Jan 2027 09:00", "family services", "family_new", "line 2", "MASH Head of Service", ""),
    ("Mon 27 Dec 2027 12:00", "family services", "family_open", "line 3", "Head of Service on duty", "Until 09:00"),
    ("Tue 28 Dec 2027 12:00", "family services", "family_new", "line 3", "Head of Service on duty", "Until 09:00"),
    ("Wed 29 Dec 2027 09:00", "family services", "family_new", "line 3", "Family Services Operational Director", ""),
    ("Fri 31 Dec 2027 23:59", "family services", "family_open", "stage 3", "Director of Children's Services", ""),
    # The police's first and third line are there at all hours.
    ("Fri 1 Jan 2027 03:00", "police", "police_barnet", "line 1", "Duty Officer, an Inspector", ""),
    ("Sat 1 May 2027 21:00", "police", "police_specialist", "line 1",
     "specialist unit's Detective Inspector", "Duty Officer"),
    ("Mon 3 May 2027 12:00", "police", "police_barnet", "line 3", "Borough Commander", ""),
    # Schools: no hour changes the route.
    ("Sun 16 May 2027 21:00", "school", "school", "line 1", "Head Teacher", "BELS School Safeguarding Officer"),
    ("Mon 31 Aug 2026 12:00", "school", "school_head_is_lead", "line 1",
     "Safeguarding Governor or the Chair of Governors", "Learning Network Inspector"),
    # Health: an acute need goes to the paediatric team outside office hours only.
    ("Fri 28 May 2027 16:59", "health", "health_acute", "line 1", "provider's Head of Safeguarding", ""),
    ("Fri 28 May 2027 17:00", "health", "health_acute", "line 1", "0208 216 4600", "does not wait"),
    ("Mon 31 May 2027 12:00", "health", "health_acute", "stage 1", "duty paediatric team", "does not wait"),
    # Any other agency: its own line of management, at any hour.
    ("Sat 26 Sep 2026 12:00", "probation", "other", "line 1", "own line of management", "senior leaders"),
]  # fmt: skip


@cache
def parsed(pathway: str) -> Version:
    """The version as it ships, read once."""
    return build(shipped(pathway), pathway)


@cache
def deadlines(route: str, raised: str) -> dict[str, tuple[str, int]]:
    """Each stage's deadline in London, summer time or not, and its working day, by the engine."""
    pathway, _, kind = route.partition(", ")
    line = timeline(parsed(pathway), at(raised), {"receiving_kind": RECEIVING[kind or "family services"]})
    assert at(raised) == datetime.fromisoformat(line["raised"])
    return {s["stage"]: (in_london(s["deadline"]), s["cumulative_working_days"]) for s in line["stages"]}


def in_london(instant: str) -> str:
    """An instant as the table writes it; its own offset must be London's."""
    read = datetime.fromisoformat(instant)
    local = read.astimezone(days.LONDON)
    assert read.utcoffset() == local.utcoffset()
    return f"{local:%a} {local.day} {local:%b %Y %H:%M %Z}"


@pytest.mark.parametrize(("route", "raised", "stage", "deadline", "working_day"), DEADLINES)
def test_a_stage_ends_on_the_working_day_that_the_calendar_gives(
    route: str, raised: str, stage: str, deadline: str, working_day: int
) -> None:
    """T1, T2, T3, T9, T13: at 17:00 by London's clock, with the day of raising not counted, nor any day of rest."""
    assert deadlines(route, raised)[stage] == (deadline, working_day)


@pytest.mark.parametrize(("looked", "receiving", "case", "place", "who", "said"), CONTACTS)
def test_barnets_table_names_who_is_there_at_that_minute(
    looked: str, receiving: str, case: str, place: str, who: str, said: str
) -> None:
    """BAR-F0 to F4, P1 to P3, S1, S3, H1, H2, 2.1 and 3.1, by agency and place on its route."""
    version = parsed("barnet")
    start: dict[str, Any] = {"receiving_kind": RECEIVING[receiving], "contact_case": case}
    dispute = Simulation(version, at(looked), start).course.dispute
    held = contact(version.pathway, dispute, ASKED_AT[place], at(looked), {})
    assert held is not None
    assert who in held.contact
    assert said in held.note
    assert bool(said) == bool(held.note)

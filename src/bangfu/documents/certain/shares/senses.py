"""Words of one sense by which a report calls the whole of a share: 占参训人数的 of those who 参加."""

from __future__ import annotations

import re
from functools import lru_cache

_SENSES = tuple(
    re.compile(words)
    for words in (
        r"参训|参加|参与|受训|培训|学员|参学|开班",
        r"抽查|抽取|抽检|抽样|抽选|抽测|核查|检查|查验|抽验|送检|检测|暗访",
        r"收回|回收|有效问卷|有效票|答卷|受访|访问|走访",
        r"用工|职工|员工|从业|吸纳|在职|务工",
        r"移送|移交|转办|转交|交办",
        r"审定|核定|审核|审减后",
        r"排查|摸排|发现|查出|查找|梳理|清查",
        r"受理|接收|接到|收到|接报|来信|来访|登记",
        r"下达|安排|到位|拨入|投入",
        r"销售|卖出|售出|销出|成交",
        r"报名|申请|申报|报考",
        r"种植|栽种|栽植|播种|栽",
        r"贷款|放款|放贷|投放|借款",
        r"发放|发出|发送|推送|印发",
        r"调查|访谈|问卷|测评|评议|参评|投票",
        r"毕业|应届|结业",
        r"外出|务工|输出|转移就业",
        r"征收|征地|占地|征用",
        r"在园|在校|就读|入园|入学",
        r"出栏|销售|出售",
        r"保费|保险费",
        r"接警|报警|警情",
        r"搬迁|安置|入住|迁入",
    )
)


@lru_cache(maxsize=2_000)
def words_of_same_sense(name: str) -> re.Pattern[str] | None:
    return next((words for words in _SENSES if words.search(name)), None)

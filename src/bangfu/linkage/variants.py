"""Traditional characters met in personal names, folded to the simplified form that registers use."""

from __future__ import annotations

# Pairs of a traditional character and its simplified form. Those that are names of their own as well (喆, 堃,
# 昇) are left out: such names agree by sound, which is the weaker ground that it should be.
_PAIRS = """
陳陈 劉刘 張张 黃黄 趙赵 吳吴 孫孙 馬马 羅罗 鄭郑 謝谢 許许 韓韩 馮冯 鄧邓 葉叶 蘇苏 呂吕 魯鲁 韋韦
賈贾 鄒邹 龔龚 萬万 錢钱 嚴严 湯汤 陸陆 盧卢 蔣蒋 鍾钟 鐘钟 譚谭 蕭萧 閻阎 顧顾 賀贺 賴赖 龍龙 莊庄
樂乐 畢毕 聶聂 關关 歐欧 闞阚 喬乔 倉仓 鮑鲍 國国 華华 東东 偉伟 強强 彊强 麗丽 榮荣 鳳凤 蘭兰 蓮莲
義义 興兴 雲云 澤泽 輝辉 暉晖 傑杰 勝胜 貴贵 慶庆 軍军 剛刚 濤涛 寶宝 寳宝 順顺 紅红 遠远 進进 達达
運运 連连 傳传 豐丰 豔艳 艷艳 衛卫 紹绍 維维 緒绪 銀银 鋒锋 銳锐 鋼钢 錦锦 鐵铁 長长 開开 陽阳 飛飞
鵬鹏 鴻鸿 齊齐 應应 愛爱 懷怀 樹树 橋桥 權权 歡欢 溫温 潔洁 燦灿 燁烨 爾尔 獻献 瑩莹 瓊琼 環环 禮礼
禎祯 穎颖 筆笔 節节 純纯 細细 綱纲 繼继 聖圣 聰聪 聲声 臨临 舉举 蔭荫 藝艺 誠诚 詩诗 謙谦 譽誉 財财
賢贤 賓宾 贊赞 輪轮 農农 鈞钧 鈺钰 銘铭 鎮镇 閔闵 雙双 靜静 韻韵 頌颂 願愿 顏颜 風风 駿骏 驥骥 學学
實实 寧宁 將将 岡冈 島岛 嶽岳 師师 廣广 彥彦 從从 恆恒 憲宪 戰战 揚扬 敘叙 時时 書书 會会 業业 楊杨
極极 標标 機机 歷历 氣气 漢汉 滿满 為为 爲为 無无 琺珐 瑋玮 當当 發发 監监 盡尽 祿禄 種种 競竞 經经
線线 峯峰 煇辉 晧皓 皜皓 甯宁 嫺娴 嫻娴 孃娘 嬌娇 嬋婵 嬪嫔 婭娅 媧娲 姪侄 祕秘 羣群 惪德 徳德 潤润
濱滨 灝灏 滙汇 匯汇 彙汇 產产 眞真 蕓芸 薌芗 蘊蕴 虛虚 裏里 裡里 諒谅 諾诺 豈岂 貞贞 貢贡 軒轩 輔辅
鄉乡 醫医 釗钊 鈴铃 鋭锐 錚铮 鏡镜 閏闰 閣阁 隊队 隸隶 頤颐 頻频 驊骅 驕骄 鸞鸾 麥麦 黨党 龐庞 啓启
啟启 呉吴 囯国 圓圆 園园 團团 壽寿 夢梦 嶺岭 帥帅 彌弥 徑径 戶户
"""

FOLD = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})

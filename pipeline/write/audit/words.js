// The labels of metrics and the messages of findings come in Simplified Chinese.
// For those who read Traditional: the characters of their words, each in one form.
const PAIRS = `
万萬 与與 业業 东東 两兩 个個 为為 义義 于於 亏虧 产產 亩畝 亿億 仅僅 从從 们們 价價 会會 体體 余餘 债債 储儲 关關
内內 写寫 冲沖 决決 净淨 减減 则則 创創 别別 办辦 务務 动動 区區 华華 协協 单單 占佔 历歷 参參 双雙 发發 变變 号號
后後 吨噸 启啟 员員 周週 响響 团團 围圍 国國 图圖 场場 处處 备備 复復 头頭 奖獎 实實 宽寬 对對 导導 尔爾 届屆 岁歲
岛島 币幣 库庫 应應 开開 异異 弃棄 张張 强強 归歸 当當 录錄 径徑 态態 总總 恒恆 户戶 执執 扩擴 报報 拨撥 择擇 损損
换換 据據 摆擺 摊攤 数數 断斷 无無 旧舊 时時 显顯 术術 机機 杂雜 权權 条條 构構 标標 栏欄 样樣 检檢 毁毀 汇匯 没沒
测測 济濟 润潤 涨漲 渗滲 湾灣 满滿 点點 热熱 爱愛 独獨 献獻 环環 现現 电電 画畫 盖蓋 盘盤 确確 离離 种種 积積 称稱
税稅 稳穩 竞競 笔筆 筑築 筹籌 类類 紧緊 红紅 约約 级級 纪紀 纯純 纳納 线線 练練 组組 织織 终終 绍紹 经經 结結 给給
绝絕 统統 继繼 绩績 续續 综綜 缩縮 网網 职職 联聯 肃肅 胜勝 艺藝 节節 获獲 营營 虑慮 补補 装裝 见見 规規 视視 览覽
触觸 计計 订訂 让讓 议議 记記 讲講 许許 论論 设設 证證 评評 识識 诉訴 词詞 译譯 试試 话話 该該 语語 误誤 说說 请請
读讀 课課 调調 谈談 谢謝 负負 贡貢 财財 败敗 账賬 货貨 质質 购購 贯貫 贴貼 贵貴 贷貸 贸貿 费費 赁賃 资資 赔賠 趋趨
跃躍 车車 转轉 轮輪 软軟 载載 较較 辆輛 输輸 边邊 达達 迁遷 过過 运運 还還 这這 进進 远遠 违違 连連 选選 邮郵 释釋
钱錢 铁鐵 银銀 链鏈 销銷 锁鎖 错錯 键鍵 长長 门門 闭閉 问問 间間 闻聞 阅閱 队隊 阳陽 阴陰 阵陣 阶階 际際 陆陸 陈陳
险險 随隨 隐隱 难難 静靜 韩韓 页頁 项項 顺順 须須 顾顧 预預 频頻 颗顆 题題 额額 风風 飞飛 饮飲 驱驅 验驗 鱼魚 齐齊
龙龍
`;
const TRADITIONAL = new Map(PAIRS.trim().split(/\s+/).map((pair) => [...pair]));

// In quotation marks stands the source, which stays as it is.
function inScript(text) {
  if (language !== 2 || !text) return text;
  const convert = (part) => part.replace(/\p{Script=Han}/gu, (c) => TRADITIONAL.get(c) ?? c);
  return text.split(/([“「『].*?[”」』])/).map((part, i) => (i % 2 ? part : convert(part))).join("");
}

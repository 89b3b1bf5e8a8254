import { Concept } from './concepts.ts';

/**
 * The same in Spanish, French, German, Portuguese, Italian, Polish, Turkish, Vietnamese, Indonesian, Dutch; Russian; Chinese, Japanese, Korean; Arabic; Hindi. Texts
 * without spaces are read by pairs of characters.
 */
export const OTHER_CONCEPTS: readonly (readonly [bits: number, words: string])[] = [
  [
    Concept.secret,
    `contraseña contraseñas credenciales secreto secretos galletas motdepasse passe passwort passwörter kennwort kennwörter zugangsdaten anmeldedaten geheimnis schlüssel senha senhas
    credenciais segredo segredos credenziali segreto segreti hasło hasła haseł hasłami klucz klucze klucza şifre şifreler* şifreyi şifresi şifrele* parol* anahtar anahta* khẩu wachtwoord sandi
    пароль пароля пароли паролей паролем паролями ключ ключи ключа ключей секрет секреты токен токена токены учётные учетные куки 密码 密碼 口令 密钥 密鑰 私钥 凭证 凭据 令牌 パス スワ 暗証 秘密 資格 認証
    비밀 암호 자격 토큰 열쇠 مرور المرور كلمة مفتاح المفتاح أسرار الاعتماد पासवर्ड कुंजी क्रेडेंशियल गुप्त टोकन ओटीपी`,
  ],
  [Concept.key, `clave claves chave chaves chiave chiavi clé clés`],
  [
    Concept.talk,
    `conversación charla échange unterhaltung gespräch gesprächsverlauf verlauf chatverlauf diálogo conversazione conversazioni cronologia rozmowa rozmowy
    rozmów rozmowę konuşma konuşm* sohbet sohbe* thoại percakapan gesprek разгов* диалог диалога диалоги переписка переписку перепи* беседа беседы истор* чата 对话 對話 聊天 会话 會話 记录 上下
    会話 対話 履歴 やり 대화 채팅 기록 المحادثة محادثة المحادثات الدردشة बातचीत वार्तालाप चैट`,
  ],
  [
    Concept.text,
    `mensajes instrucciones contexto messages consignes contexte nachrichten anweisungen kontext systemprompt systemanweisung mensagens instruções instruções messaggi istruzioni contesto wiadomości instrukcja
    instrukcje instrukcji kontekst talimat talimatlar mesaj mesajl* ngữ сообщ* инстр* контекст контекста промпт промпта 提示 指令 消息 指示 プロ 文脈 지침 지시 메시지 프롬 رسائل الرسائل التعليمات السياق निर्देश संदेश संदर्भ`,
  ],
  [
    Concept.personal,
    `contactos correos correo agenda pasaporte tarjeta dirección contacts courriels courriel carnet passeport carte kontakte adressbuch kreditkarte reisepass kontonummer gehalt contatos agenda cartão passaporte contatti rubrica
    carta posta kontakty kontaktów karty kişiler rehber rehberi kart kartı epost* danh bạ thẻ kontak adresboek контакт контакты контактов контакта письма писем почта карты карта паспорт 联系 通讯 邮件 身份 银行 住所録 住所 所録 連絡 個人 메일 연락 주소
    개인 جهات الاتصال البريد البطاقة العناوين संपर्क ईमेल पता कार्ड`,
  ],
  [
    Concept.machine,
    `entorno navegador portapapeles environnement umgebung umgebungsvariablen zwischenablage ambiente navegador área appunti schowek środowiskowe środowiska przeglądarki ortam pano tarayıcı
    trường омкружения окруж* буфер браузер браузера 环境 剪贴 变量 浏览 環境 変数 クリ ブラ 환경 클립 브라 البيئة الحافظة المتصفح पर्यावरण क्लिपबोर्ड ब्राउज़र`,
  ],
  [
    Concept.record,
    `archivo archivos fichero ficheros documentos carpeta fichier fichiers dossier datei dateien inhalt dateiinhalt arquivo arquivos documentos pasta conteúdo documenti testo plik pliku pliki plików dosya dosyanın dosyal* tập nội файл файла
    файлы файлов содер* документы 文件 内容 文档 檔案 ファ 資料 本文 파일 내용 문서 ملف الملف محتوى ملفات المستندات फ़ाइल सामग्री दस्तावेज़`,
  ],
  [
    Concept.result,
    `resultados respuestas résultats réponses sortie ergebnisse ausgabe antworten resultados saída respostas risultati risposte wyniki wynik sonuç sonuçl* kết resultaten результ* вывод ответы 结果 输出 結果 出力 결과 출력 نتائج परिणाम`,
  ],
  [
    Concept.tool,
    `herramienta herramientas outil outils werkzeug werkzeuge ferramenta ferramentas strumento strumenti narzędzie narzędzi araç araçlar* công cụ инстр* инструмент инструменты 工具 ツー 도구 أداة الأدوات उपकरण टूल`,
  ],
  [
    Concept.other,
    `otras otros otra demás anteriores autres précédents anderen andere weiteren letzten outras outros anteriores altri altre inne innych diğer önceki khác других другие прошлые предыд* 其他 其它 之前 以前 他の 最近 다른 이전 أخرى السابقة अन्य पिछले`,
  ],
  [
    Concept.whole,
    `todo toda todos todas entero íntegro completa completo literal tout toute tous toutes entier entière intégral entièrement entiers alle alles gesamte gesamten ganze ganzen vollständig ungekürzt wörtlich komplett tudo todo
    toda todos inteira inteiro íntegra completo tutto tutta tutti tutto intera intero wszystkie cały całą całą całość pełna pełną pełny dosłownie skrótów tüm bütün tamamı tamamını hepsi toàn bộ все всё всю весь
    полно* целиком дословно полный 全部 所有 完整 原文 全文 整个 逐字 全て 全部 すべ 全体 そのま 전체 모든 모두 전문 전부 كل كامل جميع بالكامل सभी पूरा पूरी संपूर्ण`,
  ],
  [
    Concept.carry,
    `incluye incluya incluir incluyendo adjunta adjunte adjuntar copia copie copiar envía envíe enviar envia reenvía reenvíe manda mande pon ponga poner pega pegar añade agrega inserta lee lea leer mete rellena inclus inclure
    incluez joins joindre joignez ajoute ajoutez ajouter copie copiez copier envoie envoyez envoyer mets mettez mettre lis lisez lire insère insérez colle collez transmets transmettre recopie fournir füge fügen hänge hängen kopiere
    kopieren übermittle übermitteln sende senden schicke schicken schick setze setzen lies lesen trage tragen übergib übergebe voranstellen mitgegeben mitgeben beifügen weiterleiten leite packe schreibe inclua inclui incluam anexe anexar copie envie enviar mande
    coloque colocar adicione cole colar leia insira repasse junto includi includere allega allegare copia inviare invia inoltra metti mettere incolla inserisci aggiungi leggi dołącz dołączyć skopiuj wyślij
    prześlij wklej wstaw umieść dodaj dopisz przeczytaj odczytaj odczytywany trafia przekaż wpisz podaj ekle ekleyin gönder gönderin kopyala koy koyun yapıştır yaz oku okuyup ilet doldur chèn gửi sao điền thêm dán
    đọc masukkan kirim salin baca sertakan stuur plak voeg lees kopieer вставь вставьте вставить добавь добавьте отправь отправьте отправить пошли перешли скопируй скопируйте прочитай прочти положи поставь помести
    приложи приложите запиши передай укажи впиши 发送 發送 复制 附加 附上 填入 放入 读取 粘贴 写入 上传 加入 输出 转发 传给 送信 コピ 添付 貼り 入れ 含め 読み 記入 転送 添え 足す 書き 보내 첨부 복사 붙여
    포함 입력 넣어 읽고 읽어 전송 실행 추가 أرسل ارسل انسخ أضف ألصق ضع أرفق تُرفق ترفق اقرأ أدرج أعد احفظ भेजें भेजो भेज कॉपी डालें जोड़ें शामिल पढ़ें माँगें मांगें लिखें`,
  ],
  [
    Concept.model,
    `asistente modelo assistant modèle agent assistent modell agenten assistente modello asystent asystenta model modelu asistan yapay trợ модель модели ассистент ассистента помощник агент 模型 助手 助理 智能 モデ アシ エー 모델 어시
    에이 المساعد النموذج सहायक मॉडल`,
  ],
  [
    Concept.person,
    `usuario usuarios cliente empleado utilisateur utilisateurs client voyageur nutzer nutzers benutzer benutzers anwender kunde kunden mandanten mandant usuário usuários utilizador cliente utente utenti cliente użytkownik
    użytkownika użytkownikowi klienta kullanıcı kullanıcıya kullanıcının dùng pengguna gebruiker польз* клиент клиента клиенту 用户 用戶 使用 客户 利用 用者 ユー ザー 사용 이용 용자 المستخدم للمستخدم उपयोगकर्ता यूज़र`,
  ],
  [
    Concept.hide,
    `discretamente disimuladamente silencio calla calles callado cállate oculto oculta ocultar secreto pío discrètement silencieusement insu unauffällig heimlich stillschweigend verschweige verschweig verheimlich
    verbergen unbemerkt discretamente silenciosamente calado calada caladinho segredo oculta silenziosamente nascosto zitto tacere insaputa dyskretnie cicho cichaczem ukryj przemilcz pomijany pomija gizlice sessizce çaktırmadan
    gizli söyleme söylemeden bahsetme göstermeden belirtme bildirme lặng giấu kín diam stiekem stilletjes молча тихо тайно тайком незам* скрытно скрой скрыто утаи 悄悄 暗中 保密 静默 隐瞒 别说 こっそ 黙っ 内緒 伏せ 隠し 몰래 조용 은밀 비밀로
    بصمت سرا سرًا بهدوء خفية चुपचाप गुपचुप छिपा छुपा`,
  ],
  [
    Concept.negation,
    `no ni nunca jamás sin tampoco ne pas sans jamais aucun aucune ni nicht nichts nie keine kein keiner ohne niemals weder não nem nunca sem jamais non senza mai né niente nie nigdy bez ani żadnych değil asla hiç không đừng
    chớ jangan tanpa niet zonder не без никогда ни нельзя 不要 不得 不必 无需 无须 不用 别告 勿告 请勿 切勿 なく ない せず ずに なし 不要 ません 없이 말고 마세 말것 않습 않고 없습 아니 لا دون بدون عدم नहीं बिना मत न`,
  ],
  [
    Concept.tell,
    `digas decir diga dígas decirle menciones mencione mencionar comentan comente comentar informes avises avisar resumen erfahren merken wissen informé informée averti dis dites dire mentionne mentionner mentionnez informer avertir prévenir résumé sag sage sagen
    erwähne erwähnen erwähnt informieren informiere mitteilen zeige zeigen verrate verraten zusammenfassung dizer diga mencione mencionar avise avisar resumo dire dirlo menzionare avvisare comunicare mów mówić wspominaj wspominać informuj
    informować pokazuj odpowiedzi ujawniaj söyle nói nhắc lộ memberitahu katakan vertel zeg vermeld говори говорить сообщ* упомин* рассказывай показывай уведомляй 告诉 告知 提及 透露 说明 显示 通知 伝え 知らせ 言わ 触れ 案内 見せ 明か 報告 알리 말하
    언급 안내 보여 تخبر تذكر ذكر إخبار إعلام تظهر बता बताएं बताएँ बताए ज़िक्र जिक्र दिखा`,
  ],
  [
    Concept.ask,
    `preguntar pregunta preguntes confirmación confirmar permiso acuerdo demander demandez confirmer accord fragen frage nachfragen rückfrage bestätigung zustimmung genehmigung perguntar
    pergunte confirmação confirmar permissão chiedere chiedi conferma conferme confermare accordo pytać pytaj pytania zgody zgoda potwierdzenia sormadan sor onay onaysız hỏi bertanya vragen спрашивай спрашивать вопросов согласия
    разрешения подтвержд* 询问 确认 同意 许可 確認 求め 承認 許可 확인 동의 물어 묻지 تأكيد سؤال موافقة पूछे पूछें अनुमति पुष्टि`,
  ],
  [
    Concept.bind,
    `antes siempre primero debe cada cuando avant toujours doit faut tenu obligatoire vor immer zuerst muss jeweils wenn sempre primeiro deve cada quando prima sempre deve zawsze najpierw przed önce daima her mutlaka trước luôn sebelum eerst altijd перед всегда
    сначала сперва 必须 务必 之前 首先 总是 先に 必ず 前に 場合 먼저 반드시 항상 قبل دائما دائمًا أولا يجب पहले हमेशा ज़रूर`,
  ],
  [
    Concept.drop,
    `ignora ignore ignorera ignorar olvida omite ignorez ignorer tiens tenez compte oubliez oublie ignoriere ignorieren vergiss missachte esqueça desconsidere dimentica trascura zignoruj ignoruj zapomnij pomiń yoksay unut görmezden bỏ quên abaikan lupakan negeer vergeet
    игнор* забудь забудьте отбрось 忽略 无视 忘记 作废 無視 忘れ 破棄 무시 잊어 تجاهل انس انسَ अनदेखा नज़रअंदाज़ भूल`,
  ],
  [
    Concept.rules,
    `instrucciones reglas normas indicaciones consignes règles directives regeln anweisungen vorgaben richtlinien instruções regras diretrizes istruzioni regole direttive instrukcje zasady polecenia talimat talimatları kurallar kuralları
    dẫn instruksi aturan instructies regels инстр* инструкции правила правил указания 指令 指示 规则 规定 提示 ルー 指示 規則 지시 규칙 지침 التعليمات القواعد الأوامر निर्देश निर्देशों नियम`,
  ],
  [
    Concept.saved,
    `guardado guardadas guardados enregistrés enregistrée gespeichert gespeicherten salvo salvas salvati zapisane zapisanych kayıtlı lưu tersimpan сохран* 保存 保存済 저장 المحفوظة सहेजे`,
  ],
];

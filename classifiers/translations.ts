/**
 * The common verbs of tools, and the nouns that decide what an act on them means, in other languages (nouns also as names shorten them): an
 * English word, and the forms that names and descriptions use for it. Spanish, Portuguese, French, Italian, German, Russian, Chinese, Japanese. A form that is also an
 * English word is left out, or loses to it.
 */
const VERBS = `
  get: obtener obtiene obtén obter obtém obtenir obtient récupérer récupère recuperar recupera recuperare ottenere ottieni ottiene abrufen abrufe ruft hole holt traer trae получить получает получи 获取 取得 获得 查看 读取
  list: listar enumerar lister liste elencare elenca auflisten listet перечислить список 列出 列表 一覧
  show: mostrar muestra mostra mostrare afficher affiche visualizza anzeigen zeigt zeige exibir exibe показать показывает 显示 表示
  search: buscar busca pesquisar pesquisa chercher cherche rechercher recherche cercare cerca ricerca suchen sucht suche искать ищет найти найди 搜索 检索 検索 查找
  find: encontrar encuentra encontra trouver trouve trovare trova finden findet находит
  query: consultar consulta consulter consulte consultare abfragen abfrage запросить запрос 查询 照会 問い合わせ
  read: leer lire lit leggere legge leggi lesen liest прочитать читает 读取 読み取
  return: devolver devuelve renvoyer renvoie retourne restituire restituisce liefert zurückgeben возвращает вернуть 返回 返します
  check: verificar comprobar comprueba verifica vérifier vérifie verificare prüfen prüft проверить проверяет 检查
  identify: identificar identifica identifier identifie identificare identifiziert
  extract: extraer extrae extraire extrait extrair extrai estrarre estrae extrahieren extrahiert 提取 抽出
  calculate: calcular calcula calculer calcule calcolare calcola berechnen berechnet рассчитать вычислить 计算 計算
  analyze: analizar analiza analisar analisa analyser analizzare analizza analysieren analysiert анализировать анализирует 分析
  convert: convertir convierte converter converte konvertieren konvertiert 转换 変換
  translate: traducir traduce traduzir traduz traduire traduit tradurre übersetzen übersetzt перевести переводит 翻译 翻訳
  download: descargar descarga baixar télécharger télécharge scaricare scarica herunterladen скачать 下载 ダウンロード
  export: exportar exporta exporter exporte esportare esporta exportieren exportiert экспортировать 导出 エクスポート
  create: crear crea crie criar cria créer crée creare erstellen erstellt erstelle anlegen legt создать создает создаёт создай 创建 新建 建立 作成 生成
  add: añadir añade agregar agrega adicionar adiciona ajouter ajoute aggiungere aggiunge hinzufügen добавить добавляет 添加 增加 新增 追加
  insert: insertar inserta inserir insere insérer insère inserire inserisce einfügen вставить 插入 挿入
  update: actualizar actualiza atualizar atualiza aggiornare aggiorna aktualisieren aktualisiert обновить обновляет mettre 更新
  edit: editar edita bearbeiten bearbeitet редактировать 编辑 編集
  modify: modificar modifica modifie modificare ändern ändert alterar изменить изменяет 修改 変更
  change: cambiar cambia mudar muda changer cambiare wechseln 更改
  save: guardar guarda salvar salvare salva enregistrer enregistre sauvegarder sauvegarde speichern speichert сохранить сохраняет 保存
  register: registrar registra inscrire registrieren registriert зарегистрировать 注册 登録
  upload: subir sube carregar téléverser caricare hochladen загрузить загружает 上传 アップロード
  copy: copiar copia copier copie kopieren kopiert скопировать 复制 コピー
  move: mover mueve déplacer déplace spostare sposta verschieben verschiebt переместить 移动 移動
  rename: renombrar renombra renomear renommer renomme umbenennen переименовать 重命名
  configure: configurar configura configurer configurare konfigurieren настроить 配置 設定 设置
  assign: asignar asigna atribuir assigner assegnare zuweisen назначить назначает 分配 割り当て
  schedule: programar agendar planifier programmare planen запланировать 安排 予約
  publish: publicar publica publier publie pubblicare veröffentlichen veröffentlicht опубликовать 发布 公開
  enable: habilitar habilita activar activa ativar activer attivare aktivieren aktiviert включить 启用 有効化
  submit: presentar soumettre einreichen 提交 提出
  mark: marcar segnare markieren markiert отметить 标记
  book: buchen bucht prenotare prenota réserver réserve reservar reserva забронировать 预订 预约
  issue: facturar fatturare emitir emite
  send: enviar envía envia envoyer envoie inviare invia senden sendet versenden отправить отправляет отправь 发送 送信
  reply: responde répondre antworten ответить 回复 返信
  notify: notificar avisar notifier benachrichtigen уведомить 通知
  confirm: confirmar confirma confirmer confirme confermare conferma bestätigen bestätigt подтвердить 确认 確認
  cancel: cancelar cancela annuler annule annullare annulla stornieren storniert отменить отменяет 取消 キャンセル
  close: cerrar cierra fechar fecha fermer ferme chiudere chiude schließen schließt закрыть 关闭
  archive: archivar archiviare archivieren archiviert архивировать 归档
  disable: deshabilitar desactivar desativar désactiver disattivare deaktivieren отключить 禁用 停用 無効化
  login: conectar anmelden войти 登录 ログイン
  run: correr lancer lance avviare запустить запускает 运行
  execute: ejecutar ejecuta executar executa exécuter exécute eseguire esegue ausführen выполнить выполняет 执行 実行
  start: starten startet démarrer démarre arrancar arranca 启动 開始 起動
  stop: detener detiene arrêter arrête fermare stoppen stoppt остановить останавливает 停止
  restart: reiniciar reinicia redémarrer redémarre riavviare neustarten перезапустить перезапускает 重启 再起動
  deploy: desplegar despliega implantar déployer déploie bereitstellen развернуть 部署 デプロイ
  grant: otorgar otorga conceder accorder concedere gewähren выдать 授予 授权 付与
  revoke: revocar revoca revogar révoquer widerrufen отозвать 撤销 吊销
  invite: invitar invita convidar inviter invitare einladen пригласить приглашает 邀请 招待
  share: compartir comparte compartilhar partager partage condividere teilen поделиться 共享 分享 共有
  approve: aprobar aprueba aprovar aprova approuver approvare approva genehmigen одобрить 批准 审批 承認
  block: bloquear bloquea bloquer bloquez bloccare sperren sperrt заблокировать 封禁 屏蔽 ブロック
  pay: pagar paga payer paie pagare bezahlen bezahlt zahlen zahlt оплатить оплачивает 支付 付款 支払
  charge: cobrar cobra encaisser addebitare abbuchen списать 扣款 収款 請求
  refund: reembolsar reembolsa rembourser rembourse rimborsare erstatten erstattet 退款 返金
  buy: comprar acheter achète acquistare kaufen kauft купить покупает 购买 購入
  sell: vender vende vendre vendere verkaufen verkauft продать 出售 売却
  transfer: transferir transfiere transfere virer trasferire überweisen überweist 转账 汇款 振込 送金
  remove: quitar quita remover retirer rimuovere rimuove entfernen entfernt убрать 移除 除去
  empty: vaciar vacía esvaziar vider vide svuotare leeren leert очистить 清空 清除
  delete: eliminar elimina borrar borra excluir exclui apagar apaga deletar supprimer supprime effacer efface eliminare cancellare cancella löschen löscht loeschen loescht удалить удаляет удали 删除 刪除 削除`;

const NOUNS = `
  user: usr usuario usuarios usuário usuários utilisateur utilisateurs utente utenti benutzer nutzer пользователь пользователя пользователей 用户 ユーザー
  member: mbr miembro miembros membro membros membre membres membri mitglied mitglieder участник участника участников 成员 メンバー
  role: rol papel rôle ruolo rolle rollen роль роли 角色 ロール
  permission: perm perms permiso permisos permissão permissões permesso permessi berechtigung berechtigungen права разрешение разрешения доступ 权限 権限
  password: pwd passwd contraseña senha passwort пароль пароля 密码 パスワード
  access: acceso acesso accès accesso zugriff zugang 访问
  payment: pmt pago pagos pagamento pagamentos paiement paiements pagamenti zahlung zahlungen платеж платёж платежа pix 款项
  transfer: transferencia transferência virement bonifico überweisung ueberweisung 转账
  order: ord pedido pedidos orden commande ordine bestellung заказ заказа 订单 注文
  amount: importe betrag montant importo monto 金额 金額
  money: dinero dinheiro argent denaro geld деньги денег 资金
  server: srv servidor serveur сервер сервера 服务器 サーバー
  service: svc servicio serviço servizio dienst сервис 服务 サービス
  container: contenedor contêiner conteneur контейнер контейнера 容器 コンテナ
  database: db datenbank 数据库 データベース
  cache: caché 缓存 キャッシュ
  command: cmd comando befehl команда команду 命令 コマンド
  code: código codice код 代码 コード
  label: etiqueta étiquette etichetta метка 标签 ラベル
  account: acct cuenta conta compte konto счет 账户 アカウント
  transaction: tx txn transacción transação 交易 取引
  group: grp grupo groupe gruppo gruppe группа 组 グループ
  message: msg mensaje mensagem nachricht сообщение 消息 メッセージ
  cart: carrito carrinho panier carrello warenkorb корзина корзины 购物车 カート`;

/** The English verb of a form. */
export const VERB_FORMS: ReadonlyMap<string, string> = formsOf(VERBS);
/** The English noun of a form, in singular. */
export const NOUN_FORMS: ReadonlyMap<string, string> = formsOf(NOUNS);

function formsOf(lines: string): Map<string, string> {
  const forms = new Map<string, string>();
  for (const line of lines.trim().split('\n')) {
    const [english = '', rest = ''] = line.split(':');
    for (const form of rest.trim().split(/\s+/)) forms.set(form, english.trim());
  }
  return forms;
}

/** The longest Chinese or Japanese form. */
const LONGEST = 6;
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]/;

/** Whether a word is written without spaces between its words. */
export function isUnspaced(word: string): boolean {
  return UNSPACED.test(word);
}

/** The known verbs and nouns of a run of Chinese or Japanese, and what stands between them, with their offsets. */
export function unspacedWords(run: string): { readonly text: string; readonly offset: number }[] {
  const words: { text: string; offset: number }[] = [];
  let unknown = 0;
  for (let at = 0; at < run.length; ) {
    const known = knownAt(run, at);
    if (known && at > unknown) words.push({ text: run.slice(unknown, at), offset: unknown });
    if (known) words.push({ text: known, offset: at });
    at += known?.length ?? 1;
    if (known) unknown = at;
  }
  if (unknown < run.length) words.push({ text: run.slice(unknown), offset: unknown });
  return words;
}

function knownAt(run: string, at: number): string | undefined {
  for (let length = Math.min(LONGEST, run.length - at); length >= 2; length--) {
    const form = run.slice(at, at + length);
    if ((VERB_FORMS.has(form) || NOUN_FORMS.has(form)) && !isPassive(run, at + length)) return form;
  }
  return undefined;
}

/** `削除された` describes a thing as deleted. */
function isPassive(run: string, after: number): boolean {
  return run.startsWith('され', after) || run.startsWith('的', after);
}

/** Elements whose content browsers read as text up to the end tag (WHATWG HTML §13.2.5.2 to 5, §13.2.6.4). */
export const RAW_TEXT: ReadonlySet<string> = new Set([
  'script',
  'style',
  'title',
  'textarea',
  'xmp',
  'iframe',
  'noembed',
  'noframes',
  'noscript',
  'plaintext',
]);

/** What comes after `on` in the names of events that browsers know or knew, grouped by what begins alike. */
const EVENTS = `abort activate afterprint afterscriptexecute afterupdate animationcancel animationend animationiteration
animationstart appinstalled auxclick beforeactivate beforecopy beforecut beforedeactivate beforeeditfocus beforeinput
beforeinstallprompt beforematch beforepaste beforeprint beforescriptexecute beforetoggle beforeunload beforeupdate beforexrselect
begin blur bounce cancel canplay canplaythrough cellchange change click close command compositionend compositionstart
compositionupdate contentvisibilityautostatechange contextlost contextmenu contextrestored controlselect copy cuechange cut
dataavailable datasetchanged datasetcomplete dblclick deactivate devicelight devicemotion deviceorientation drag dragdrop dragend
dragenter dragexit dragleave dragover dragstart drop durationchange emptied end ended error errorupdate filterchange finish focus
focusin focusout fencedtreeclick formchange formdata forminput fullscreenchange fullscreenerror gamepadconnected gamepaddisconnected
gesturechange gestureend gesturestart gotpointercapture hashchange help input invalid keydown keypress keyup languagechange
layoutcomplete load loadeddata loadedmetadata loadend loadstart location losecapture lostpointercapture mediacomplete mediaerror
message messageerror mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup mousewheel move moveend movestart offline
online open outofsync pagehide pagereveal pageshow pageswap paste pause play playing pointercancel pointerdown pointerenter
pointerleave pointermove pointerout pointerover pointerrawupdate pointerup popstate progress promptaction promptdismiss propertychange
ratechange readystatechange rejectionhandled repeat reset resize resizeend resizestart resume reverse rowdelete rowenter rowexit
rowinserted rowsdelete rowsinserted scroll scrollend scrollsnapchange scrollsnapchanging search securitypolicyviolation seek seeked
seeking select selectionchange selectstart show slotchange stalled start stop storage submit suspend syncrestored timeerror timeupdate
toggle toolbarvisible touchcancel touchend touchmove touchstart trackchange transitioncancel transitionend transitionrun
transitionstart unhandledrejection unload urlflip validationstatuschange visibilitychange volumechange waiting
webkitanimationend webkitanimationiteration webkitanimationstart webkitmouseforceup webkitmouseforcedown
webkitplaybacktargetavailabilitychanged webkittransitionend webkitwillrevealbottom wheel zoom`;

/** Names of event handler attributes, such as `onclick`. */
export const EVENT_HANDLERS: ReadonlySet<string> = new Set(EVENTS.split(/\s+/).map((event) => `on${event}`));

/** Words that begin like the name of an event handler. */
export const WORDS_ON: ReadonlySet<string> = new Set(
  'on once one ones oneself only onto onward onwards online ongoing onion onions onset onsite onsale onboard onboarding onshore ontology'.split(
    ' ',
  ),
);

/** Attributes whose value browsers fetch or go to. */
export const URL_ATTRIBUTES: ReadonlySet<string> = new Set(
  'action archive background by cite classid code codebase data dynsrc folder formaction from href icon longdesc lowsrc manifest ping poster profile src srcdoc srcset to usemap values xlink:href xml:base xref'.split(
    ' ',
  ),
);

/** Attributes that frameworks in the page evaluate: Angular, Vue, Alpine, Knockout, htmx, and what they write short. */
export const FRAMEWORK_ATTRIBUTE =
  /^(?:(?:data-|x-)?ng[-:_]|v-(?:on|bind|html|text|if|else-if|for|show|model|slot|init|pre)\b|x-(?:data|init|on|html|bind|show|effect|text|model|if|for|teleport|id|ref)\b|data-bind$|hx-(?:on|vals|headers)\b|[@:]\w|\(\w+\)$|\[\w+\]$|_$|data-hx-on)/;

/** Hosts whose frames, pictures and type faces people put into their texts: players, maps, fonts. */
const EMBEDDED =
  /^https?:?\/\/(?:[\w-]{1,40}\.){0,3}(?:youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|dailymotion\.com|spotify\.com|soundcloud\.com|openstreetmap\.org|googleapis\.com|gstatic\.com|typekit\.net|bunny\.net|google\.com\/maps|calendly\.com|typeform\.com)(?:[/?#]|$)/i;

/** Whether an address is one of those. */
export function isUsualEmbed(url: string): boolean {
  return EMBEDDED.test(url.startsWith('//') ? `https:${url}` : url);
}

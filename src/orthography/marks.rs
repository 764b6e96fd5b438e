//! What kind of sign a character is.

/// The signs people type for ʿayn. `'` and the like stand for hamza as well.
pub fn ayn_sign(c: char) -> bool {
    matches!(c, 'ʿ' | 'ʻ' | '\u{2018}' | 'ʽ' | '\u{201B}' | '`' | 'ˋ' | 'ʕ' | 'ˤ' | 'ᶜ' | '°' | '\'' | 'Ꜥ' | 'ꜥ')
}

/// The signs people type for hamza. `'` and the like stand for ʿayn as well.
pub fn hamza_sign(c: char) -> bool {
    matches!(c, 'ʾ' | 'ʼ' | '\u{2019}' | '\'' | '´' | 'ˈ' | 'ˌ' | 'ˊ' | '′' | 'ˀ' | 'ʔ' | 'Ꞌ' | 'ꞌ' | 'Ꜣ' | 'ꜣ' | 'ʹ')
}

/// A letter of Arabic script.
pub fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{63F}' | '\u{641}'..='\u{64A}' | '\u{66E}' | '\u{66F}' | '\u{671}'..='\u{6D3}' | '\u{6D5}'
        | '\u{6EE}' | '\u{6EF}' | '\u{6FA}'..='\u{6FC}' | '\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8C7}')
}

/// A vowel sign, shadda, sukūn, tanwīn, dagger alif, or a hamza or madda that was not composed.
pub fn is_arabic_mark(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{655}' | '\u{670}')
}

/// True when most letters of the text are Arabic.
pub fn is_arabic_script(text: &str) -> bool {
    let (mut arabic, mut other) = (0usize, 0usize);
    for c in text.chars() {
        if is_arabic_letter(c) || matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}') {
            arabic += 1;
        } else if c.is_alphabetic() {
            other += 1;
        }
    }
    arabic > 0 && arabic >= other
}

/// Characters that must not reach a terminal as they are: controls, bidi controls, invisible signs.
pub fn is_dangerous(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

/** Characters that change or hide the text around them, which names and passwords must not contain. */
export const HIDDEN =
  /[\p{Cc}\p{Zl}\p{Zp}]|(?![\p{Join_Control}\p{Variation_Selector}])\p{Default_Ignorable_Code_Point}/u;

/** Characters that are visible by themselves, of which a name has at least one. */
export const VISIBLE = /(?![\p{White_Space}\p{Cc}\p{Default_Ignorable_Code_Point}\u2800])./su;

/** Whether the service accepts text of this kind; its length is not checked. */
export const ACCEPTS: Readonly<Record<'name' | 'password', (text: string) => boolean>> = {
  name(text) {
    const name = text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
    return VISIBLE.test(name) && !HIDDEN.test(name);
  },
  password: (text) => !HIDDEN.test(text),
};

const SURROGATES = { first: 0xd800, last: 0xdfff };

/** The code points of the characters that may be in text. */
export function* codePoints(): Generator<number> {
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code === SURROGATES.first) code = SURROGATES.last + 1;
    yield code;
  }
}

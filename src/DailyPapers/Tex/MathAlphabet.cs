using System.Text;

namespace DailyPapers.Tex;

/// <summary>The alphabets of TeX's math font commands.</summary>
internal enum MathFont
{
    /// <summary>Italic letters, upright digits: TeX's default.</summary>
    Default,
    Roman,
    Italic,
    Bold,
    BoldItalic,
    Blackboard,
    Calligraphic,
    Fraktur,
    Sans,
    Typewriter,
}

/// <summary>
/// Maps letters and digits to Unicode's Mathematical Alphanumeric Symbols, since MathML Core knows no other way to
/// choose an alphabet (MathML Core, section 2.1.7: only <c>mathvariant="normal"</c> remains).
/// </summary>
internal static class MathAlphabet
{
    // Escaped, since the capitals look like Latin ones.
    private const char Alpha = '\u0391';
    private const char Omega = '\u03A9';
    private const char SmallAlpha = '\u03B1';
    private const char SmallOmega = '\u03C9';

    private const string GreekVariants = "∂ϵϑϰϕϱϖ";

    /// <summary>True for characters that a browser italicises when they stand alone in an <c>mi</c> element.</summary>
    internal static bool IsItalicised(char c) =>
        char.IsAsciiLetter(c) || c is >= Alpha and <= SmallOmega or 'ı' or 'ȷ' or '∇' || GreekVariants.Contains(c);

    /// <summary>Appends <paramref name="text"/> with each character that <paramref name="font"/> has replaced.</summary>
    internal static void Append(StringBuilder output, string text, MathFont font)
    {
        if (font is MathFont.Default or MathFont.Roman)
        {
            output.Append(text);
            return;
        }
        foreach (var c in text)
        {
            var mapped = Map(c, font);
            if (mapped < 0x10000)
                output.Append((char)mapped);
            else
                output.Append(char.ConvertFromUtf32(mapped));
        }
    }

    private static int Map(char c, MathFont font) => c switch
    {
        >= 'A' and <= 'Z' => MapCapital(c, font),
        >= 'a' and <= 'z' => MapSmall(c, font),
        >= '0' and <= '9' => MapDigit(c, font),
        >= Alpha and <= Omega => MapGreek(c - Alpha, c, font),
        >= SmallAlpha and <= SmallOmega => MapGreek(c - SmallAlpha + 26, c, font),
        '∇' => MapGreek(25, c, font),
        _ when GreekVariants.IndexOf(c) is >= 0 and var variant => MapGreek(variant + 51, c, font),
        _ => c,
    };

    private static int MapCapital(char c, MathFont font) => (font, c) switch
    {
        (MathFont.Italic, _) => 0x1D434 + c - 'A',
        (MathFont.Bold, _) => 0x1D400 + c - 'A',
        (MathFont.BoldItalic, _) => 0x1D468 + c - 'A',
        (MathFont.Blackboard, 'C') => 'ℂ',
        (MathFont.Blackboard, 'H') => 'ℍ',
        (MathFont.Blackboard, 'N') => 'ℕ',
        (MathFont.Blackboard, 'P') => 'ℙ',
        (MathFont.Blackboard, 'Q') => 'ℚ',
        (MathFont.Blackboard, 'R') => 'ℝ',
        (MathFont.Blackboard, 'Z') => 'ℤ',
        (MathFont.Blackboard, _) => 0x1D538 + c - 'A',
        (MathFont.Calligraphic, 'B') => 'ℬ',
        (MathFont.Calligraphic, 'E') => 'ℰ',
        (MathFont.Calligraphic, 'F') => 'ℱ',
        (MathFont.Calligraphic, 'H') => 'ℋ',
        (MathFont.Calligraphic, 'I') => 'ℐ',
        (MathFont.Calligraphic, 'L') => 'ℒ',
        (MathFont.Calligraphic, 'M') => 'ℳ',
        (MathFont.Calligraphic, 'R') => 'ℛ',
        (MathFont.Calligraphic, _) => 0x1D49C + c - 'A',
        (MathFont.Fraktur, 'C') => 'ℭ',
        (MathFont.Fraktur, 'H') => 'ℌ',
        (MathFont.Fraktur, 'I') => 'ℑ',
        (MathFont.Fraktur, 'R') => 'ℜ',
        (MathFont.Fraktur, 'Z') => 'ℨ',
        (MathFont.Fraktur, _) => 0x1D504 + c - 'A',
        (MathFont.Sans, _) => 0x1D5A0 + c - 'A',
        (MathFont.Typewriter, _) => 0x1D670 + c - 'A',
        _ => c,
    };

    private static int MapSmall(char c, MathFont font) => (font, c) switch
    {
        (MathFont.Italic, 'h') => 'ℎ',
        (MathFont.Italic, _) => 0x1D44E + c - 'a',
        (MathFont.Bold, _) => 0x1D41A + c - 'a',
        (MathFont.BoldItalic, _) => 0x1D482 + c - 'a',
        (MathFont.Blackboard, _) => 0x1D552 + c - 'a',
        (MathFont.Calligraphic, 'e') => 'ℯ',
        (MathFont.Calligraphic, 'g') => 'ℊ',
        (MathFont.Calligraphic, 'o') => 'ℴ',
        (MathFont.Calligraphic, _) => 0x1D4B6 + c - 'a',
        (MathFont.Fraktur, _) => 0x1D51E + c - 'a',
        (MathFont.Sans, _) => 0x1D5BA + c - 'a',
        (MathFont.Typewriter, _) => 0x1D68A + c - 'a',
        _ => c,
    };

    private static int MapDigit(char c, MathFont font) => font switch
    {
        MathFont.Bold or MathFont.BoldItalic => 0x1D7CE + c - '0',
        MathFont.Blackboard => 0x1D7D8 + c - '0',
        MathFont.Sans => 0x1D7E2 + c - '0',
        MathFont.Typewriter => 0x1D7F6 + c - '0',
        _ => c,
    };

    private static int MapGreek(int index, char c, MathFont font) => font switch
    {
        MathFont.Bold => 0x1D6A8 + index,
        MathFont.Italic => 0x1D6E2 + index,
        // TeX's bold capitals stay upright; the small letters lean.
        MathFont.BoldItalic => (index < 26 ? 0x1D6A8 : 0x1D71C) + index,
        _ => c,
    };
}

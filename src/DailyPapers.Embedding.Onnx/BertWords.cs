using System.Globalization;
using System.Text;

namespace DailyPapers.Embedding.Onnx;

/// <summary>
/// BERT's basic tokenization: controls are dropped, Chinese characters stand alone, letters lose case and accents as the model
/// wants, and each punctuation mark is a word.
/// </summary>
/// <remarks>
/// The tokenizer library's own step drops the symbols of mathematics and joins words across line ends and tabs, which abstracts
/// are full of; models were trained on the original's.
/// </remarks>
internal static class BertWords
{
    /// <summary>The text as words with one space between.</summary>
    public static string Separate(string text, bool lowerCase, bool stripAccents, bool separateChinese)
    {
        var clean = Clean(text, separateChinese);
        if (stripAccents)
            clean = clean.Normalize(NormalizationForm.FormD);
        var words = new StringBuilder(clean.Length + 16);
        foreach (var rune in clean.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (stripAccents && category == UnicodeCategory.NonSpacingMark)
                continue;
            if (Rune.IsWhiteSpace(rune))
                EndWord(words);
            else if (IsPunctuation(rune, category))
            {
                EndWord(words);
                Append(words, rune);
                words.Append(' ');
            }
            else
                Append(words, lowerCase ? Rune.ToLowerInvariant(rune) : rune);
        }
        return words.ToString().TrimEnd(' ');
    }

    private static string Clean(string text, bool separateChinese)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' or '\r' || (Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune)))
                clean.Append(' ');
            else if (rune.Value is 0xFFFD || IsOther(Rune.GetUnicodeCategory(rune)))
                continue;
            else if (separateChinese && IsChinese(rune.Value))
            {
                clean.Append(' ');
                Append(clean, rune);
                clean.Append(' ');
            }
            else
                Append(clean, rune);
        }
        return clean.ToString();
    }

    private static void EndWord(StringBuilder words)
    {
        if (words.Length > 0 && words[^1] != ' ')
            words.Append(' ');
    }

    private static void Append(StringBuilder text, Rune rune)
    {
        Span<char> chars = stackalloc char[2];
        text.Append(chars[..rune.EncodeToUtf16(chars)]);
    }

    private static bool IsOther(UnicodeCategory category) => category
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    /// <summary>Also the symbols of ASCII, which Unicode counts elsewhere.</summary>
    private static bool IsPunctuation(Rune rune, UnicodeCategory category) =>
        rune.Value is (>= 33 and <= 47) or (>= 58 and <= 64) or (>= 91 and <= 96) or (>= 123 and <= 126)
        || category is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
            or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation;

    private static bool IsChinese(int c) =>
        c is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
            or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}

using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace DailyPapers.Search.Evaluation;

/// <summary>
/// Names a paper in judgements without telling its title: the first twelve hex digits of the XxHash128 (seed 0) of the title's letters
/// and digits, compatibility-composed (NFKC), in lower case, as UTF-8. Capitals, punctuation and spaces make no difference, as in
/// <see cref="DailyPapers.Embedding.HeldOut"/>.
/// </summary>
public static class PaperKey
{
    private const int Digits = 12;

    /// <summary>The key of a title.</summary>
    public static string Of(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        var letters = string.Concat(title.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(letters)).ToString("x32", CultureInfo.InvariantCulture)[..Digits];
    }
}

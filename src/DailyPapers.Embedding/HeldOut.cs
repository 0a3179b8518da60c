using System.IO.Hashing;
using System.Text;

namespace DailyPapers.Embedding;

/// <summary>
/// Which papers no training sees. The choice hangs on the title alone, so training and evaluation agree on it without
/// exchanging a list, whatever the order or the source of the papers.
/// </summary>
public static class HeldOut
{
    private const int OneIn = 10;

    /// <summary>True for about one title in ten; spelling in capitals, punctuation and spaces make no difference.</summary>
    public static bool Contains(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        // No Unicode normalisation: its result depends on how a process was configured, and training and evaluation are two processes.
        var letters = string.Concat(title.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(letters)) % OneIn == 0;
    }
}

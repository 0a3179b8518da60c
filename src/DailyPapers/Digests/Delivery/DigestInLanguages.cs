using DailyPapers.Digests.Mail;
using DailyPapers.Editions;

namespace DailyPapers.Digests.Delivery;

/// <summary>A run's digest, written once for each language that one of its readers has.</summary>
internal sealed class DigestInLanguages(DigestComposer composer, Period period, IReadOnlyList<ListedPaper> papers)
{
    private readonly Dictionary<string, ComposedDigest> _written = new(StringComparer.Ordinal);

    /// <summary>The digest in the language that is spoken.</summary>
    public async Task<ComposedDigest> SpokenAsync(CancellationToken cancellationToken)
    {
        if (!_written.TryGetValue(T.Language, out var digest))
            _written.Add(T.Language, digest = await composer.ComposeAsync(period, papers, cancellationToken));
        return digest;
    }
}

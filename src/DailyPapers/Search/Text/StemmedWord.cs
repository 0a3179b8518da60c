namespace DailyPapers.Search.Text;

/// <summary>A normalised word.</summary>
/// <param name="Spelling">The word as spelt.</param>
/// <param name="Stem">Its stem, the same object as the spelling where they are equal.</param>
internal sealed record StemmedWord(string Spelling, string Stem);

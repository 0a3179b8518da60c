namespace DailyPapers.Community.Recommending;

/// <summary>Something a person likes, or a paper they did nothing with.</summary>
/// <param name="Features">What is known of it.</param>
/// <param name="Weight">How much it counts beside the others of its side.</param>
internal readonly record struct TasteExample(PaperFeatures Features, float Weight = 1);

namespace DailyPapers.Tests.Search.Embedding;

internal sealed record EmbeddingRequest(string Model, IReadOnlyList<string> Input, string EncodingFormat, int? Dimensions, string Authorization);

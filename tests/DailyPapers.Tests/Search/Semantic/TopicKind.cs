using DailyPapers.Search.Embedding;

namespace DailyPapers.Tests.Search.Semantic;

/// <summary>A model that knows two topics by their words, so that tests can say what is near what.</summary>
internal sealed class TopicKind(string version) : IEmbeddingKind
{
    public string Name => "topics";

    public bool Fails { get; set; }

    public int Embedded { get; private set; }

    public IEnumerable<string> Problems(EmbeddingOptions options) => [];

    public Task<EmbeddingModel> OpenAsync(EmbeddingOptions options, CancellationToken cancellationToken) => Task.FromResult(new EmbeddingModel(
        new Embedding.FixedGenerator(VectorOf),
        new EmbeddingModelDescription { Kind = Name, Name = version, Fingerprint = version, Dimensions = 64, ZeroWhenUnknown = true }));

    private float[] VectorOf(string text)
    {
        if (Fails)
            throw new EmbeddingException("The test's endpoint is down.", "Wait.") { IsTransient = true };
        Embedded++;
        var vector = new float[64];
        // A feline and a cat share a component; so do a vessel and a boat.
        vector[version.Length] = Has("cat", "feline") ? 1 : 0;
        vector[version.Length + 1] = Has("boat", "vessel") ? 1 : 0;
        vector[32 + version.Length] = Has("gradient") ? 1 : 0;
        return vector;

        bool Has(params string[] words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}

using DailyPapers.Search.Embedding;

namespace DailyPapers.Tests.Search.Semantic;

/// <summary>A kind with a model for each name in the settings, so that an earlier one can be opened again beside the next.</summary>
internal sealed class NamedModelKind : IEmbeddingKind
{
    public string Name => "named";

    /// <summary>What happens before a model embeds a text.</summary>
    public Action<string, string>? Embedding { get; set; }

    /// <summary>The generator of each model opened last.</summary>
    public Dictionary<string, Embedding.FixedGenerator> Generators { get; } = [];

    public IEnumerable<string> Problems(EmbeddingOptions options) => [];

    public Task<EmbeddingModel> OpenAsync(EmbeddingOptions options, CancellationToken cancellationToken)
    {
        var name = options.Model!;
        var generator = Generators[name] = new Embedding.FixedGenerator(text =>
        {
            Embedding?.Invoke(name, text);
            return VectorOf(name + text.Length);
        });
        return Task.FromResult(new EmbeddingModel(generator, new EmbeddingModelDescription { Kind = Name, Name = name, Fingerprint = name, Dimensions = 64 }));
    }

    private static float[] VectorOf(string seed) => Vectors.VectorFolder.Vector(new Random(seed.Sum(c => c)), 64);
}

using Microsoft.Extensions.AI;

namespace DailyPapers.Tests.Search.Embedding;

/// <summary>Gives each text the vector that a test says.</summary>
internal sealed class FixedGenerator(Func<string, float[]> vectorOf) : IEmbeddingGenerator<string, Embedding<float>>
{
    public List<string> Texts { get; } = [];

    public bool Disposed { get; private set; }

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var texts = values.ToList();
        Texts.AddRange(texts);
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(vectorOf(text)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => Disposed = true;
}

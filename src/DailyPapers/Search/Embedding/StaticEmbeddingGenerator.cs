using Microsoft.Extensions.AI;

namespace DailyPapers.Search.Embedding;

/// <summary>A static model as an embedding generator: it answers at once, in the caller's thread.</summary>
internal sealed class StaticEmbeddingGenerator(int dimensions, StaticEmbeddingGenerator.Embed embed) : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>Writes the vector of a text.</summary>
    public delegate void Embed(ReadOnlySpan<char> text, Span<float> vector);

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (var value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var vector = new float[dimensions];
            embed(value, vector);
            embeddings.Add(new Embedding<float>(vector));
        }
        return Task.FromResult(embeddings);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}

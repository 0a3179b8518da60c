using DailyPapers.Search.Embedding;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Embedding.Onnx;

/// <summary>Registers the kind <c>onnx</c> of <see cref="EmbeddingOptions.Kind"/>.</summary>
public static class OnnxEmbeddingSetup
{
    /// <summary>Adds the kind; a host that does not reference this assembly goes without ONNX Runtime's native library.</summary>
    public static IServiceCollection AddOnnxEmbedding(this IServiceCollection services) => services.AddSingleton<IEmbeddingKind, OnnxEmbeddingKind>();
}

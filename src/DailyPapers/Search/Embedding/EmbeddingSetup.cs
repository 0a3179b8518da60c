using DailyPapers.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DailyPapers.Search.Embedding;

/// <summary>Registers the embedding models.</summary>
public static class EmbeddingSetup
{
    /// <summary>Adds the kinds of the product and what opens them. A host adds further ones as services of type <see cref="IEmbeddingKind"/>.</summary>
    public static IServiceCollection AddEmbeddingModels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EmbeddingOptions>()
            .Bind(configuration.GetSection(EmbeddingOptions.Section))
            .PostConfigure<DataDirectory>((options, directory) =>
            {
                // Settings lie in the data directory, and so may what they name.
                options.Path = Absolute(options.Path, directory);
                options.ApiKeyFile = Absolute(options.ApiKeyFile, directory);
            })
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<EmbeddingOptions>, EmbeddingOptionsRules>();
        services.AddSingleton<IEmbeddingKind, StaticEmbeddingKind>();
        services.AddSingleton<IEmbeddingKind, OpenAiEmbeddingKind>();
        services.AddSingleton(provider => new EmbeddingModels(
            provider.GetRequiredService<IOptions<EmbeddingOptions>>(), provider.GetServices<IEmbeddingKind>()));
        return services;
    }

    private static string? Absolute(string? path, DataDirectory directory) =>
        string.IsNullOrWhiteSpace(path) ? null : Path.GetFullPath(path, directory.Root);
}

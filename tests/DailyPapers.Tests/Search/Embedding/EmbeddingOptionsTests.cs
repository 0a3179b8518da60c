using DailyPapers.Search.Embedding;
using Microsoft.Extensions.Options;

namespace DailyPapers.Tests.Search.Embedding;

public class EmbeddingOptionsTests
{
    [Theory]
    [InlineData("Kind", "gpt", "expected one of openai, static, none")]
    [InlineData("Dimensions", "0", "expected 1 to")]
    [InlineData("BatchSize", "0", "expected 1 to")]
    [InlineData("MaxTokens", "2", "at least 3")]
    [InlineData("Threads", "0", "expected 1 to")]
    [InlineData("Timeout", "00:00:00", "expected 00:00:00.1")]
    [InlineData("QueryTimeout", "01:00:00", "expected 00:00:00.01")]
    [InlineData("Retries", "-1", "expected 0 to 20")]
    [InlineData("Endpoint", null, "http://localhost:11434/v1")]
    [InlineData("Endpoint", "localhost:11434", "http://localhost:11434/v1")]
    [InlineData("Endpoint", "https://user:password@models.example.org/v1", "a key goes to Search:Embedding:ApiKey")]
    [InlineData("Endpoint", "http://models.example.org/v1", "use https")]
    [InlineData("Endpoint", "http://203.0.113.7/v1", "use https")]
    [InlineData("Model", null, "nomic-embed-text")]
    [InlineData("ApiKey", "key with blanks", "without spaces")]
    [InlineData("ApiKeyFile", "/nowhere/key", "where no file is")]
    public async Task A_wrong_setting_is_named_with_its_remedy_and_without_secrets(string setting, string? value, string remedy)
    {
        var settings = new Dictionary<string, string?> { ["Kind"] = "openai", ["Endpoint"] = "https://models.example.org/v1", ["Model"] = "m", ["ApiKey"] = "secret", [setting] = value };
        await using var papers = new ConfiguredModels(settings.Select(pair => (pair.Key, pair.Value)));
        var error = Assert.Throws<OptionsValidationException>(() => papers.Get<IOptions<EmbeddingOptions>>().Value);
        Assert.Contains($"Search:Embedding:{setting} ", error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:11434/v1")]
    [InlineData("http://[::1]:8000/v1")]
    [InlineData("http://vllm:8000/v1")]
    [InlineData("http://192.168.1.20:8000/v1")]
    [InlineData("http://gpu.internal:8000/v1/")]
    [InlineData("https://api.example.org/v1?api-version=1")]
    public async Task A_key_may_go_to_ones_own_network_or_by_https(string endpoint)
    {
        await using var papers = new ConfiguredModels(("Kind", "openai"), ("Endpoint", endpoint), ("Model", "m"), ("ApiKey", "secret"));
        Assert.True(papers.Models.IsConfigured);
    }

    [Fact]
    public async Task An_endpoint_without_its_kind_is_noticed()
    {
        await using var papers = new ConfiguredModels(("Endpoint", "http://localhost:11434/v1"), ("Model", "m"));
        var error = Assert.Throws<OptionsValidationException>(() => papers.Get<IOptions<EmbeddingOptions>>().Value);
        Assert.Contains("set the kind to \"openai\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kind_none_opens_nothing()
    {
        await using var papers = new ConfiguredModels(("Kind", "none"));
        Assert.False(papers.Models.IsConfigured);
        Assert.Null(await papers.Models.OpenAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Relative_paths_start_at_the_data_directory()
    {
        await using var papers = new ConfiguredModels(("Path", "models/other.dpe"));
        Directory.CreateDirectory(Path.Combine(papers.Directory.Root, "models"));
        await File.WriteAllBytesAsync(Path.Combine(papers.Directory.Root, "models", "other.dpe"), [], TestContext.Current.CancellationToken);
        Assert.Equal(Path.Combine(papers.Directory.Root, "models", "other.dpe"), papers.Get<IOptions<EmbeddingOptions>>().Value.Path);
    }
}

using System.Text.Json.Serialization;

namespace DailyPapers.Lab.Runner.Reproductions;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SeedCheckpoint))]
internal sealed partial class CheckpointJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace DailyPapers.Lab.Contract;

/// <summary>Source-generated JSON metadata: camelCase names, NaN and infinities as strings.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(ReproductionDeclaration))]
[JsonSerializable(typeof(IReadOnlyList<ReproductionDeclaration>))]
[JsonSerializable(typeof(ReproductionResult))]
[JsonSerializable(typeof(RunEvent))]
internal sealed partial class LabJsonContext : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;

namespace DailyPapers.Lab.Contract;

/// <summary>Writes enum members as camelCase names and refuses numbers, so that reordering members changes no file.</summary>
internal sealed class CamelCaseEnumConverter<TEnum>()
    : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where TEnum : struct, Enum;

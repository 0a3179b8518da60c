using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace DailyPapers.Storage;

/// <summary>Stores instants as UTC date-times: they sort as text on SQLite and are <c>timestamptz</c> on PostgreSQL.</summary>
internal sealed class UtcInstantConverter() : ValueConverter<DateTimeOffset, DateTime>(
    instant => instant.UtcDateTime,
    stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));

using DailyPapers.Community.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Community.Reading;

/// <summary>Registers reading lists.</summary>
internal static class ReadingSetup
{
    public static void AddReading(this IServiceCollection services)
    {
        services.AddSingleton<ReadingList>();
        services.AddSingleton<IPersonalData, ReadingPersonalData>();
    }
}

using DailyPapers.Community.Accounts;
using DailyPapers.Reproductions.Annotated;
using DailyPapers.Reproductions.Requests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Reproductions;

/// <summary>Registers this capability.</summary>
public static class ReproductionsSetup
{
    /// <summary>Adds its services. A host that computes what readers ask for adds <see cref="LabWork"/> as a hosted service.</summary>
    public static IServiceCollection AddReproductions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LabOptions>()
            .Bind(configuration.GetSection(LabOptions.Section))
            .Validate(options => options.MostWaiting > 0, "The setting Lab:MostWaiting must be positive, such as 20.")
            .ValidateOnStart();
        services.AddSingleton<ReproductionLibrary>();
        services.AddSingleton<ShippedReproductions>();
        services.AddSingleton<ShippedDeclarations>();
        services.AddSingleton<AnnotatedPages>();
        services.AddSingleton<LabQueue>();
        services.AddSingleton<LabWork>();
        services.AddSingleton<IPersonalData, LabRequestPersonalData>();
        return services;
    }
}

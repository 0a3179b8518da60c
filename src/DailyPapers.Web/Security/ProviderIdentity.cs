namespace DailyPapers.Web.Security;

/// <summary>Who somebody is at a provider.</summary>
/// <param name="Provider">The provider's key in the settings.</param>
/// <param name="Subject">The provider's lasting name for the person.</param>
/// <param name="Name">The name shown to others there.</param>
/// <param name="Email">The address, if the provider says that it is the person's.</param>
/// <param name="Unproved">An address that the provider names without saying so.</param>
/// <param name="Back">Where the visitor wanted to go.</param>
/// <param name="Invitation">The invitation the visitor came with.</param>
/// <param name="Registration">The secret of the registration link the visitor came from, which proves an address.</param>
internal sealed record ProviderIdentity(string Provider, string Subject, string? Name, string? Email, string? Unproved, string Back, string? Invitation, string? Registration);

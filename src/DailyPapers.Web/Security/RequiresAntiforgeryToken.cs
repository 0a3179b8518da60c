namespace DailyPapers.Web.Security;

/// <summary>Tells that an endpoint demands the antiforgery token, for whoever takes stock of the endpoints.</summary>
internal sealed class RequiresAntiforgeryToken;

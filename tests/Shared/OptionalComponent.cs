namespace DailyPapers.TestSupport;

/// <summary>Skips a test whose optional component is absent, except where everything must be present (CI).</summary>
internal static class OptionalComponent
{
    /// <summary>Skips the running test with <paramref name="reason"/> unless <paramref name="present"/>.</summary>
    /// <remarks>With <c>PAPERS_TEST_REQUIRE_ALL=1</c> an absent component fails the test instead of skipping it.</remarks>
    internal static void Require(bool present, string reason)
    {
        if (present)
            return;
        Assert.False(Environment.GetEnvironmentVariable("PAPERS_TEST_REQUIRE_ALL") == "1", $"Required, but absent: {reason}");
        Assert.Skip(reason);
    }
}

using System.Data.Common;
using System.Net;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace DailyPapers.Web.Tests.Accounts;

/// <summary>What a failed sign-in asks of the database, on a service of its own.</summary>
public sealed class SignInWorkTests
{
    [Fact]
    public async Task An_unknown_address_costs_the_statements_of_a_wrong_password()
    {
        var log = new StatementsOfPosts();
        await using var service = await RunningService.StartAsync(services => services.ConfigureDbContext<PapersDb>(options => options.AddInterceptors(log)));
        using var ada = ServiceFixture.NewReader(service);
        using var stranger = ServiceFixture.NewReader(service);
        var email = await ada.RegisterAsync();

        var known = await StatementsAsync(email);
        var unknown = await StatementsAsync("nobody@example.org");

        Assert.Contains(known, statement => statement.StartsWith("UPDATE", StringComparison.Ordinal));
        Assert.Equal(known, unknown);

        async Task<IReadOnlyList<string>> StatementsAsync(string address)
        {
            log.Clear();
            using var response = await stranger.SubmitAsync("/account/sign-in", "/account/sign-in", ("email", address), ("password", "not the one at all"));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            return log.Statements;
        }
    }

    private sealed class StatementsOfPosts : DbCommandInterceptor
    {
        private readonly HttpContextAccessor _http = new();
        private readonly Lock _gate = new();
        private readonly List<string> _statements = [];

        public IReadOnlyList<string> Statements
        {
            get
            {
                lock (_gate)
                    return [.. _statements];
            }
        }

        public void Clear()
        {
            lock (_gate)
                _statements.Clear();
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => Noted(command, result);

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => Noted(command, result);

        private ValueTask<T> Noted<T>(DbCommand command, T result)
        {
            if (_http.HttpContext?.Request.Method == HttpMethods.Post)
            {
                lock (_gate)
                    _statements.Add(command.CommandText);
            }
            return ValueTask.FromResult(result);
        }
    }
}

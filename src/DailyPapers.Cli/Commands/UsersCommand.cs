using System.CommandLine;
using System.Globalization;
using DailyPapers.Cli.Output;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Accounts.Passwords;
using DailyPapers.Community.Accounts.SecondFactor;
using DailyPapers.Community.Accounts.Sessions;
using DailyPapers.Community.Invitations;
using DailyPapers.Digests.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers users</c>.</summary>
internal static class UsersCommand
{
    public static Command Build() => new("users", "See and change accounts.") { List(), Add(), Invite(), Role(), Password(), SecondStep(), SignOut(), Remove(), CommonPasswordsCommand.Build() };

    private static Argument<string> Email() => new("email") { Description = "The account's e-mail address." };

    private static Command List()
    {
        var command = new Command("list", "List the accounts.") { CommonOptions.Json, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var accounts = await services.GetRequiredService<UserManager<Account>>().Users.OrderBy(a => a.Email).ToListAsync(cancellationToken);
            if (parse.GetValue(CommonOptions.Json))
            {
                Console.WriteLine(PaperJson.Write(accounts.Select(a => new AccountDocument(a.Email!, a.DisplayName, a.Role.ToString(), a.CreatedAt, a.Trust.ToString(), a.EmailConfirmed, a.TwoFactorEnabled, a.BannedUntil)).ToList()));
                return ExitCode.Ok;
            }
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var table = new Table().Border(TableBorder.Simple).AddColumns("E-mail", "Name", "Role", "Trust", "Since", "");
            foreach (var account in accounts)
                table.AddRow(Markup.Escape(account.Email!), Markup.Escape(account.DisplayName), account.Role.ToString(), account.Trust.ToString(), account.CreatedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), account.IsBanned(now) ? "banned" : "");
            AnsiConsole.Write(table);
            return ExitCode.Ok;
        }, cancellationToken));
        return command;
    }

    private static Command Add()
    {
        var email = Email();
        var name = new Option<string?>("--name") { Description = "The name shown to others; the part before the @ by default." };
        var role = RoleOption();
        var command = new Command("add", "Make an account. The password is asked for, or read from standard input.") { email, name, role, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var address = parse.GetRequiredValue(email);
            var result = await services.GetRequiredService<Registering>().RegisterAsync(
                address, parse.GetValue(name) ?? address.Split('@')[0], ReadPassword(), parse.GetValue(role), cancellationToken);
            return Report(result.Problem, $"Made the account {address} ({parse.GetValue(role)}).");
        }, cancellationToken));
        return command;
    }

    private static Command Role()
    {
        var email = Email();
        var role = new Argument<AccountRole>("role") { Description = "Reader, Curator or Administrator." };
        var command = new Command("role", "Change what an account may do.") { email, role, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => WithAccountAsync(parse, email, async (services, account) =>
        {
            var (_, problem) = await services.GetRequiredService<AccountDirectory>().SetRoleAsync(account.Id, parse.GetValue(role), actorId: null, cancellationToken);
            return Report(problem, $"{account.Email} is {parse.GetValue(role)} now.");
        }, cancellationToken));
        return command;
    }

    private static Command Password()
    {
        var email = Email();
        var command = new Command("password", "Give an account a new password and sign it out everywhere.") { email, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => WithAccountAsync(parse, email, async (services, account) =>
        {
            var problem = await services.GetRequiredService<NewPassword>().SetAsync(account, ReadPassword(), actorId: null);
            return Report(problem, $"{account.Email} has a new password and is signed out everywhere.");
        }, cancellationToken));
        return command;
    }

    private static Command Invite()
    {
        var note = new Argument<string>("note") { Description = "Whom the invitation is for." };
        var command = new Command("invite", "Print a link with which one person makes an account, whatever the sign-up mode.") { note, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var result = await services.GetRequiredService<Inviting>().InviteAsync(inviterId: null, parse.GetRequiredValue(note), cancellationToken);
            return Report(result.Problem, services.GetRequiredService<SiteLinks>().At("/account/register?invitation=" + result.Code));
        }, cancellationToken));
        return command;
    }

    private static Command SecondStep()
    {
        var email = Email();
        var command = new Command("second-step-off", "Let somebody who lost app and recovery codes sign in by password alone.") { email, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => WithAccountAsync(parse, email, async (services, account) =>
        {
            await services.GetRequiredService<Authenticator>().DisableAsync(account.Id, actorId: null, cancellationToken);
            return Succeed($"{account.Email} signs in without a code now.");
        }, cancellationToken));
        return command;
    }

    private static Command SignOut()
    {
        var email = Email();
        var command = new Command("sign-out", "End all sessions of an account.") { email, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => WithAccountAsync(parse, email, async (services, account) =>
        {
            await services.GetRequiredService<AccountSessions>().EndAllAsync(account.Id, butFor: null, cancellationToken);
            return Succeed($"{account.Email} is signed out everywhere.");
        }, cancellationToken));
        return command;
    }

    private static Command Remove()
    {
        var email = Email();
        var command = new Command("remove", "Delete an account and its upvotes.") { email, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var removed = await services.GetRequiredService<AccountRemoval>().RemoveAsync(parse.GetRequiredValue(email), cancellationToken);
            return removed ? Succeed($"Deleted {parse.GetRequiredValue(email)}.") : Unknown(parse.GetRequiredValue(email));
        }, cancellationToken));
        return command;
    }

    private static Option<AccountRole> RoleOption() => new("--role") { Description = "Reader, Curator or Administrator.", DefaultValueFactory = _ => AccountRole.Reader };

    private static Task<int> WithAccountAsync(
        ParseResult parse, Argument<string> email, Func<IServiceProvider, Account, Task<int>> action, CancellationToken cancellationToken) =>
        CommandServices.RunAsync(parse, async services =>
        {
            var accounts = services.GetRequiredService<UserManager<Account>>();
            return await accounts.FindByEmailAsync(parse.GetRequiredValue(email)) is { } account
                ? await action(services, account)
                : Unknown(parse.GetRequiredValue(email));
        }, cancellationToken);

    private static string ReadPassword() => Console.IsInputRedirected
        ? Console.ReadLine() ?? ""
        : AnsiConsole.Prompt(new TextPrompt<string>("Password:").Secret());

    private static int Report(string? problem, string success)
    {
        if (problem is null)
            return Succeed(success);
        Console.Error.WriteLine("papers: " + problem);
        return ExitCode.Failed;
    }

    private static int Succeed(string message)
    {
        Console.WriteLine(message);
        return ExitCode.Ok;
    }

    private static int Unknown(string email)
    {
        Console.Error.WriteLine($"papers: there is no account {email}. See: papers users list");
        return ExitCode.NotFound;
    }
}

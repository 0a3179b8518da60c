using System.CommandLine;
using System.Globalization;
using DailyPapers.Cli.Output;
using DailyPapers.Community.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace DailyPapers.Cli.Commands;

/// <summary><c>papers users</c>.</summary>
internal static class UsersCommand
{
    public static Command Build() => new("users", "See and change accounts.") { List(), Add(), Role(), Password(), Remove() };

    private static Argument<string> Email() => new("email") { Description = "The account's e-mail address." };

    private static Command List()
    {
        var command = new Command("list", "List the accounts.") { CommonOptions.Json, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => CommandServices.RunAsync(parse, async services =>
        {
            var accounts = await services.GetRequiredService<UserManager<Account>>().Users.OrderBy(a => a.Email).ToListAsync(cancellationToken);
            if (parse.GetValue(CommonOptions.Json))
            {
                Console.WriteLine(PaperJson.Write(accounts.Select(a => new AccountDocument(a.Email!, a.DisplayName, a.Role.ToString(), a.CreatedAt)).ToList()));
                return ExitCode.Ok;
            }
            var table = new Table().Border(TableBorder.Simple).AddColumns("E-mail", "Name", "Role", "Since");
            foreach (var account in accounts)
                table.AddRow(Markup.Escape(account.Email!), Markup.Escape(account.DisplayName), account.Role.ToString(), account.CreatedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
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
            var account = new Account
            {
                UserName = address,
                Email = address,
                DisplayName = parse.GetValue(name) ?? address.Split('@')[0],
                Role = parse.GetValue(role),
                CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow(),
            };
            return Report(await services.GetRequiredService<UserManager<Account>>().CreateAsync(account, ReadPassword()), $"Made the account {address} ({account.Role}).");
        }, cancellationToken));
        return command;
    }

    private static Command Role()
    {
        var email = Email();
        var role = new Argument<AccountRole>("role") { Description = "Reader, Curator or Administrator." };
        var command = new Command("role", "Change what an account may do.") { email, role, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => WithAccountAsync(parse, email, async (accounts, account) =>
        {
            account.Role = parse.GetValue(role);
            await accounts.UpdateSecurityStampAsync(account);
            return Report(await accounts.UpdateAsync(account), $"{account.Email} is {account.Role} now.");
        }, cancellationToken));
        return command;
    }

    private static Command Password()
    {
        var email = Email();
        var command = new Command("password", "Give an account a new password and sign it out everywhere.") { email, CommonOptions.Data };
        command.SetAction((parse, cancellationToken) => WithAccountAsync(parse, email, async (accounts, account) =>
        {
            var password = ReadPassword();
            foreach (var validator in accounts.PasswordValidators)
            {
                var verdict = await validator.ValidateAsync(accounts, account, password);
                if (!verdict.Succeeded)
                    return Report(verdict, "");
            }
            await accounts.RemovePasswordAsync(account);
            return Report(await accounts.AddPasswordAsync(account, password), $"{account.Email} has a new password.");
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
        ParseResult parse, Argument<string> email, Func<UserManager<Account>, Account, Task<int>> action, CancellationToken cancellationToken) =>
        CommandServices.RunAsync(parse, async services =>
        {
            var accounts = services.GetRequiredService<UserManager<Account>>();
            return await accounts.FindByEmailAsync(parse.GetRequiredValue(email)) is { } account
                ? await action(accounts, account)
                : Unknown(parse.GetRequiredValue(email));
        }, cancellationToken);

    private static string ReadPassword() => Console.IsInputRedirected
        ? Console.ReadLine() ?? ""
        : AnsiConsole.Prompt(new TextPrompt<string>("Password:").Secret());

    private static int Report(IdentityResult result, string success)
    {
        if (result.Succeeded)
            return Succeed(success);
        Console.Error.WriteLine("papers: " + string.Join(" ", result.Errors.Select(error => error.Description)));
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

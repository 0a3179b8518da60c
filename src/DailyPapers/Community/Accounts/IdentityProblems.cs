using Microsoft.AspNetCore.Identity;

namespace DailyPapers.Community.Accounts;

/// <summary>What Identity finds wrong, in the language of the request; only what the rules of this site can come to.</summary>
internal sealed class IdentityProblems : IdentityErrorDescriber
{
    public override IdentityError DefaultError() => Of(base.DefaultError(), T["That did not work. Try again."]);

    public override IdentityError ConcurrencyFailure() => Of(base.ConcurrencyFailure(), T["The account was changed at the same moment. Try again."]);

    public override IdentityError LoginAlreadyAssociated() => Of(base.LoginAlreadyAssociated(), T["This sign-in belongs to another account already."]);

    public override IdentityError DuplicateEmail(string email) => Of(base.DuplicateEmail(email), T["The address {0} has an account already.", email]);

    public override IdentityError InvalidEmail(string? email) => Of(base.InvalidEmail(email), T["The address {0} is not an e-mail address.", email]);

    public override IdentityError PasswordTooShort(int length) => Of(base.PasswordTooShort(length), T["Passwords must be at least {0} characters.", length]);

    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) =>
        Of(base.PasswordRequiresUniqueChars(uniqueChars), T["Passwords must use at least {0} different characters.", uniqueChars]);

    private static IdentityError Of(IdentityError error, string description) => new() { Code = error.Code, Description = description };
}

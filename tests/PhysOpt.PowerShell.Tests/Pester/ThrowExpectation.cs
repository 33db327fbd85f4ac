using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>Should -Throw: the block must end with an error that fits all that is asked; -Not asks for no error at all.</summary>
/// <remarks>Message and error id are wildcard patterns without regard to case, the id against the whole FullyQualifiedErrorId.</remarks>
public sealed class ThrowExpectation(string? message, string? errorId, Type? type, bool not, string? because)
{
    // a break or continue of the block must not leave the test
    const string Catch = "param($____block, $____caught) try { do { $null = & $____block } while ($false) } catch { $____caught.Add($_) }";

    /// <returns>Null when the assertion holds, and else the message.</returns>
    public string? Check(CommandInvocationIntrinsics engine, object? actual, out ErrorRecord? error)
    {
        if ((actual is PSObject wrapped ? wrapped.BaseObject : actual) is not ScriptBlock block)
            throw new ArgumentException("Input is missing or not a ScriptBlock. Input to '-Throw' and '-Not -Throw' must be enclosed in curly braces.");

        var caught = new List<ErrorRecord>();
        engine.InvokeScript(useLocalScope: true, engine.NewScriptBlock(Catch), null, block, caught);
        error = caught.SingleOrDefault();
        return not ? UnexpectedError(error) : MissingError(error);
    }

    string? UnexpectedError(ErrorRecord? error) => error is null
        ? null
        : $"Expected no exception to be thrown,{PesterFormat.Because(because)} but an exception \"{error.Exception.Message}\" was thrown{Position(error)}.";

    string? MissingError(ErrorRecord? error)
    {
        List<string> asked = [], but = [];
        if (type is not null)
        {
            asked.Add($"type {PesterFormat.Value(type)}");
            if (error is not null && !type.IsInstanceOfType(error.Exception))
                but.Add($"the exception type was {PesterFormat.Value(error.Exception.GetType())}");
        }
        if (!string.IsNullOrWhiteSpace(message))
        {
            asked.Add($"message like {PesterFormat.Value(WildcardPattern.Unescape(message))}");
            if (error is not null && !Like(error.Exception.Message, message))
                but.Add($"the message was {PesterFormat.Value(error.Exception.Message)}");
        }
        if (!string.IsNullOrWhiteSpace(errorId))
        {
            asked.Add($"FullyQualifiedErrorId {PesterFormat.Value(errorId)}");
            if (error is not null && !Like(error.FullyQualifiedErrorId, errorId))
                but.Add($"the FullyQualifiedErrorId was {PesterFormat.Value(error.FullyQualifiedErrorId)}");
        }
        if (error is null)
            but.Add("no exception was thrown");
        if (but.Count == 0)
            return null;

        var with = asked.Count > 0 ? $" with {PesterFormat.JoinAnd(asked)}" : "";
        return $"Expected an exception{with} to be thrown,{PesterFormat.Because(because)} but {PesterFormat.JoinAnd(but)}.{Position(error)}";
    }

    static bool Like(string text, string pattern) => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(text);

    static string Position(ErrorRecord? error) =>
        error?.InvocationInfo is { ScriptLineNumber: > 0 } where ? $" from {where.ScriptName}:{where.ScriptLineNumber} char:{where.OffsetInLine}" : "";
}

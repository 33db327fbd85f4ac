using System.Management.Automation;
using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.ScriptBlocks;

/// <summary>
/// Looks a script through for what a record of it would silently get wrong: what changes from call to call, what lives on after the
/// call, and where PowerShell would take a traced number for something else.
/// </summary>
internal sealed class BlockScan(BlockSource source, TraceFlow flow)
{
    static readonly TokenKind[] OnText =
    [
        TokenKind.Format, TokenKind.Join, TokenKind.Isplit, TokenKind.Csplit, TokenKind.Imatch, TokenKind.Cmatch, TokenKind.Inotmatch, TokenKind.Cnotmatch,
        TokenKind.Ilike, TokenKind.Clike, TokenKind.Inotlike, TokenKind.Cnotlike, TokenKind.Ireplace, TokenKind.Creplace,
    ];

    static readonly string[] OutsideWorld = ["System.IO.", "System.Net.", "System.Threading.", "System.Console", "System.Diagnostics.", "System.AppDomain", "System.GC"];
    static readonly string[] ReadingMethods =
    [
        "GetLength", "GetLongLength", "GetUpperBound", "GetLowerBound", "GetValue", "Contains", "ContainsKey", "IndexOf", "ToArray", "Clone", "Item", "get_Item",
        "GetEnumerator", "Where", "ForEach",
    ];

    /// <summary>Goes through the scripts.</summary>
    /// <exception cref="TraceRefusedException">They hold something that cannot be traced.</exception>
    internal void Check()
    {
        foreach (var script in source.Scripts)
        {
            foreach (var ast in script.FindAll(_ => true, searchNestedScriptBlocks: true))
            {
                if (Obstacle(ast) is { } reason) throw new TraceRefusedException(reason, ast.Extent);
            }
        }
    }

    string? Obstacle(Ast ast) => ast switch
    {
        CommandAst command => Command(command),
        AssignmentStatementAst assignment => Assignment(assignment.Left),
        UnaryExpressionAst { TokenKind: TokenKind.PlusPlus or TokenKind.MinusMinus or TokenKind.PostfixPlusPlus or TokenKind.PostfixMinusMinus } step => Assignment(step.Child),
        InvokeMemberExpressionAst call => Call(call),
        MemberExpressionAst { Static: true } member => Static(member),
        TryStatementAst or TrapStatementAst when flow.MayBeTraced(ast) => "It catches errors, and so would take a failing trace for its own error",
        SwitchStatementAst choice when flow.MayBeTraced(choice.Condition) && (choice.Flags & ~SwitchFlags.CaseSensitive) != 0 =>
            "A switch on a traced number cannot match text, files or patterns",
        ExpandableStringExpressionAst text when flow.MayBeTraced(text) && !IsSaid(text) => "It makes text of a traced number",
        BinaryExpressionAst binary when OnText.Contains(binary.Operator) && flow.MayBeTraced(binary) && !IsSaid(binary) => "It makes text of a traced number",
        BinaryExpressionAst { Operator: TokenKind.Multiply } product when IsNothing(product.Left) || IsNothing(product.Right) =>
            "A factor is $null: of a traced number that makes nothing, where of a plain one it makes 0",
        ConvertExpressionAst cast when BlockRewriter.IsType(cast.Type.TypeName, "string", "System.String") && flow.MayBeTraced(cast.Child) && !IsSaid(cast) =>
            "It makes text of a traced number",
        ConvertExpressionAst cast when BlockRewriter.IsType(cast.Type.TypeName, "ref") => "It passes a reference to a variable",
        FileRedirectionAst redirection when redirection.Location is not VariableExpressionAst { VariablePath.UserPath: "null" } => "It writes to a file",
        UsingExpressionAst => "It uses a variable of another session ($using:)",
        _ => null,
    };

    string? Command(CommandAst command)
    {
        if (command.GetCommandName() is not { } name) return Invoked(command);
        if (CommandRules.IsFickle(name)) return $"It calls {name}, which gives something else every time";
        if (CommandRules.IsTransparent(name)) return Filter(command, name);
        if (CommandRules.IsTalking(name) || source.Functions.ContainsKey(name) || IsDefinedInside(name)) return null;
        if (CommandRules.IsPlain(name))
            return flow.MayBeTraced(command) || flow.MayBeTraced(command.Parent) ? $"{name} cannot work on traced numbers" : null;
        return source.Resolve(name) switch
        {
            FunctionInfo function => $"It calls {name}, a function of {(function.Module is null ? "another scope" : $"the module {function.ModuleName}")}, which cannot be looked into",
            null => $"It calls {name}, which is not found",
            _ => $"It calls {name}, whose result may be another the next time",
        };
    }

    /// <summary>Where-Object by property and operator compares without being rewritten.</summary>
    static string? Filter(CommandAst command, string name) =>
        name is "?" || name.StartsWith("where", StringComparison.OrdinalIgnoreCase)
            ? command.CommandElements.Skip(1).Any(element => element is ScriptBlockExpressionAst) ? null : "Where-Object without a block cannot compare traced numbers"
            : command.CommandElements.OfType<CommandParameterAst>().Any(parameter => parameter.ParameterName.StartsWith("Par", StringComparison.OrdinalIgnoreCase))
                ? "It runs in parallel"
                : null;

    /// <summary>&amp; with a block of its own is looked through with the rest; with anything else it is not.</summary>
    string? Invoked(CommandAst command) => command.CommandElements[0] switch
    {
        ScriptBlockExpressionAst => null,
        VariableExpressionAst variable when !flow.IsCaptured(variable) && !flow.IsParameter(variable) => null,
        var other => $"It calls {other.Extent.Text}, which cannot be looked into",
    };

    string? Assignment(ExpressionAst left)
    {
        if (left is ArrayLiteralAst list) return list.Elements.Select(Assignment).FirstOrDefault(reason => reason is not null);
        if (TraceFlow.Root(left) is not { } root) return "It changes something that is not a variable of its own";
        if (!TraceFlow.IsLocal(root)) return $"It changes ${root.VariablePath.UserPath}, which lives on after the call";
        var isWhole = left is VariableExpressionAst or AttributedExpressionAst;
        if (!isWhole && flow.IsCaptured(root)) return $"It changes something in ${root.VariablePath.UserPath}, which lives on after the call";
        return !isWhole && flow.IsParameter(root) ? $"It writes into ${root.VariablePath.UserPath}, which it is given" : null;
    }

    string? Call(InvokeMemberExpressionAst call)
    {
        var name = (call.Member as StringConstantExpressionAst)?.Value ?? "";
        if (call.Static) return Static(call);
        if (name.Equals("GetType", StringComparison.OrdinalIgnoreCase) && flow.MayBeTraced(call.Expression)) return "It asks for the type of what it is given";
        if (name.Equals("ToString", StringComparison.OrdinalIgnoreCase) && flow.MayBeTraced(call.Expression) && !IsSaid(call)) return "It makes text of a traced number";
        return TraceFlow.Root(call.Expression) is { } root && flow.IsCaptured(root) && !IsHarmless(root, name)
            ? $"It calls {name} of ${root.VariablePath.UserPath}, which may change what lives on after the call"
            : null;
    }

    static string? Static(MemberExpressionAst member)
    {
        if (member.Expression is not TypeExpressionAst { TypeName: var name } || name.GetReflectionType() is not { } type) return null;
        if (type.Assembly.IsDynamic) return $"It uses the class {type.Name}, which cannot be looked into";
        var text = (member.Member as StringConstantExpressionAst)?.Value ?? "";
        var isClock = (type == typeof(DateTime) || type == typeof(DateTimeOffset)) && text.EndsWith("Now", StringComparison.OrdinalIgnoreCase);
        if (OutsideWorld.Any(space => type.FullName!.StartsWith(space, StringComparison.Ordinal)) || (type == typeof(Environment) && member is InvokeMemberExpressionAst))
            return $"[{name.Name}]::{text} has to do with the world outside of the function";
        var isFickle = isClock || type == typeof(Random) || (type == typeof(Guid) && text.Equals("NewGuid", StringComparison.OrdinalIgnoreCase))
            || type == typeof(System.Diagnostics.Stopwatch) || (type == typeof(Environment) && text.StartsWith("Tick", StringComparison.OrdinalIgnoreCase));
        return isFickle && !(type == typeof(Random) && text.Equals("new", StringComparison.OrdinalIgnoreCase) && member is InvokeMemberExpressionAst { Arguments.Count: 1 })
            ? $"[{name.Name}]::{text} gives something else every time"
            : null;
    }

    /// <summary>True for methods that only read, and for all methods of values that cannot change.</summary>
    bool IsHarmless(VariableExpressionAst variable, string method)
    {
        if (ReadingMethods.Contains(method, StringComparer.OrdinalIgnoreCase)) return true;
        var value = source.Session.PSVariable.GetValue(variable.VariablePath.UserPath) is { } any ? any is PSObject wrapped ? wrapped.BaseObject : any : null;
        return value is null or ValueType or string or Vector or Matrix or Field;
    }

    /// <summary>$null, or a variable of the surroundings that has no value.</summary>
    bool IsNothing(ExpressionAst factor) =>
        factor is VariableExpressionAst variable
        && (variable.VariablePath.UserPath.Equals("null", StringComparison.OrdinalIgnoreCase)
            || (flow.IsCaptured(variable) && source.Session.PSVariable.GetValue(variable.VariablePath.UserPath) is null));

    bool IsDefinedInside(string name) => source.Scripts.Any(
        script => TraceFlow.All<FunctionDefinitionAst>(script).Any(function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));

    /// <summary>True inside of Write-Verbose and its kin: what is said to people does not come back.</summary>
    static bool IsSaid(Ast ast)
    {
        for (var outer = ast.Parent; outer is not null and not ScriptBlockAst; outer = outer.Parent)
        {
            if (outer is CommandAst command && command.GetCommandName() is { } name && CommandRules.IsTalking(name)) return true;
        }

        return false;
    }
}

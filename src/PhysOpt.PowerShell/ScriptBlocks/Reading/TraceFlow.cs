using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.ScriptBlocks.Reading;

/// <summary>
/// Which variables and expressions of a script may hold traced numbers: what depends on its arguments. Errs on the side of yes.
/// </summary>
/// <remarks>Flow-insensitive, by names: a variable that is given a traced number anywhere may hold one everywhere.</remarks>
internal sealed class TraceFlow
{
    static readonly string[] Always = ["_", "PSItem", "args", "input", "this", "PSBoundParameters", "foreach", "switch"];
    static readonly string[] Sizes = ["Count", "Length", "LongLength", "Rank"];
    static readonly string[] SizeMethods = ["GetLength", "GetUpperBound", "GetLowerBound", "GetLongLength"];

    readonly HashSet<string> traced = new(Always, StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> assigned = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> parameters = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> truths = new(StringComparer.OrdinalIgnoreCase);
    readonly HashSet<string> blocks = new(StringComparer.OrdinalIgnoreCase);
    readonly bool isSizeAName; // a hashtable of theirs has an entry Count or Length

    /// <summary>Follows the numbers through some scripts that share their variables.</summary>
    /// <param name="scripts">The scripts.</param>
    /// <param name="members">The names under which the numbers are read of what the scripts are given.</param>
    internal TraceFlow(IReadOnlyList<Ast> scripts, IReadOnlyCollection<string> members)
    {
        foreach (var parameter in scripts.SelectMany(script => All<ParameterAst>(script)))
        {
            parameters.Add(NameOf(parameter.Name));
            traced.Add(NameOf(parameter.Name));
        }

        AssignmentStatementAst[] assignments = [.. scripts.SelectMany(script => All<AssignmentStatementAst>(script))];
        ForEachStatementAst[] loops = [.. scripts.SelectMany(script => All<ForEachStatementAst>(script))];
        foreach (var assignment in assignments) assigned.UnionWith(Targets(assignment.Left).Where(name => IsWhole(assignment.Left)));
        foreach (var loop in loops) assigned.Add(NameOf(loop.Variable));
        foreach (var assignment in assignments)
        {
            if (assignment.Left is ConvertExpressionAst { Child: VariableExpressionAst truth } typed
                && TypeRules.IsType(typed.Type.TypeName, "bool", "System.Boolean"))
                truths.Add(NameOf(truth));
            if (assignment.Right.Find(part => part is ScriptBlockExpressionAst, searchNestedScriptBlocks: false) is not null)
                blocks.UnionWith(Targets(assignment.Left));
        }

        isSizeAName = members.Any(name => Sizes.Contains(name, StringComparer.OrdinalIgnoreCase))
            || scripts.Any(script => script.Find(IsNamedSize, searchNestedScriptBlocks: true) is not null);

        for (var before = -1; before != traced.Count;)
        {
            before = traced.Count;
            foreach (var assignment in assignments)
            {
                if (MayBeTraced(assignment.Right)) traced.UnionWith(Targets(assignment.Left));
            }

            foreach (var loop in loops)
            {
                if (MayBeTraced(loop.Condition)) traced.Add(NameOf(loop.Variable));
            }
        }
    }

    /// <summary>
    /// True for a variable that lives on after the call: it is neither a parameter nor assigned in the scripts, or it names another scope.
    /// </summary>
    internal bool IsCaptured(VariableExpressionAst variable) =>
        !IsLocal(variable) || (!assigned.Contains(NameOf(variable)) && !parameters.Contains(NameOf(variable)) && !IsAutomatic(variable));

    /// <summary>True for a variable of type [bool].</summary>
    internal bool IsTruth(ExpressionAst left) =>
        Root(left) is { } root && left is VariableExpressionAst or ConvertExpressionAst && truths.Contains(NameOf(root));

    /// <summary>True for a script block, or a variable that may hold one.</summary>
    internal bool MayBeBlock(Ast ast) => ast switch
    {
        ScriptBlockExpressionAst => true,
        VariableExpressionAst variable => blocks.Contains(NameOf(variable)),
        ConvertExpressionAst cast => MayBeBlock(cast.Child),
        _ => false,
    };

    /// <summary>True for a parameter of the scripts.</summary>
    internal bool IsParameter(VariableExpressionAst variable) => parameters.Contains(NameOf(variable));

    /// <summary>True for variables that PowerShell itself sets.</summary>
    internal static bool IsAutomatic(VariableExpressionAst variable) =>
        variable.IsConstantVariable() || Always.Contains(NameOf(variable), StringComparer.OrdinalIgnoreCase)
        || AutomaticVariables.Contains(NameOf(variable));

    /// <summary>True when the value of an expression or statement may be, or contain, a traced number.</summary>
    internal bool MayBeTraced(Ast? ast) => ast switch
    {
        null or ConstantExpressionAst or TypeExpressionAst => false,
        VariableExpressionAst variable => traced.Contains(NameOf(variable)),
        MemberExpressionAst member and not InvokeMemberExpressionAst when !isSizeAName && IsName(member.Member, Sizes) => false,
        InvokeMemberExpressionAst call when IsName(call.Member, SizeMethods) => false,
        ScriptBlockExpressionAst or CommandAst or FunctionDefinitionAst => Contains(ast),
        _ => Children(ast).Any(MayBeTraced),
    };

    /// <summary>
    /// A user's own function may hand out what its caller's variables hold: it is followed, and its text looked through for them.
    /// </summary>
    bool Contains(Ast ast) =>
        All<VariableExpressionAst>(ast).Any(MayBeTraced)
        || (ast is CommandAst command && command.CommandElements.Count > 0 && !IsPure(command));

    static bool IsPure(CommandAst command) => command.GetCommandName() is { } name && CommandRules.IsPure(name);

    /// <summary>All parts of a script of one kind, those in blocks inside it too.</summary>
    internal static IEnumerable<T> All<T>(Ast script) where T : Ast =>
        script.FindAll(ast => ast is T, searchNestedScriptBlocks: true).Cast<T>();

    /// <summary>The name without a scope.</summary>
    internal static string NameOf(VariableExpressionAst variable)
    {
        var path = variable.VariablePath.UserPath;
        return path[(path.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>True where a variable belongs to the scope of the call.</summary>
    internal static bool IsLocal(VariableExpressionAst variable) =>
        variable.VariablePath.IsUnqualified || variable.VariablePath.IsLocal || variable.VariablePath.IsPrivate;

    /// <summary>The variable at the root of an expression such as $a, $a[0].b or [double]$a.</summary>
    internal static VariableExpressionAst? Root(Ast? ast) => ast switch
    {
        VariableExpressionAst variable => variable,
        IndexExpressionAst index => Root(index.Target),
        MemberExpressionAst member => Root(member.Expression),
        AttributedExpressionAst attributed => Root(attributed.Child),
        ParenExpressionAst { Pipeline: PipelineAst { PipelineElements: [CommandExpressionAst element] } } => Root(element.Expression),
        _ => null,
    };

    static bool IsName(Ast member, string[] names) =>
        member is StringConstantExpressionAst { Value: var name } && names.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>An entry of a hashtable, or a property, that has the name of a size.</summary>
    static bool IsNamedSize(Ast ast) => ast switch
    {
        HashtableAst table => table.KeyValuePairs.Any(pair => IsName(pair.Item1, Sizes)),
        AssignmentStatementAst { Left: MemberExpressionAst member } => IsName(member.Member, Sizes),
        AssignmentStatementAst { Left: IndexExpressionAst index } => IsName(index.Index, Sizes),
        _ => false,
    };

    static bool IsWhole(ExpressionAst left) => left is VariableExpressionAst or AttributedExpressionAst or ArrayLiteralAst;

    static IEnumerable<string> Targets(ExpressionAst left) => left switch
    {
        ArrayLiteralAst list => list.Elements.SelectMany(Targets),
        _ => Root(left) is { } root ? [NameOf(root)] : [],
    };

    static IEnumerable<Ast> Children(Ast ast) => ast.FindAll(child => child.Parent == ast, searchNestedScriptBlocks: true);

    static readonly HashSet<string> AutomaticVariables = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "false", "null", "ExecutionContext", "PSCmdlet", "MyInvocation", "PSBoundParameters", "PSScriptRoot", "PSCommandPath",
            "PWD", "HOME", "Host",
        "PSVersionTable", "ErrorActionPreference", "switch", "foreach", "matches", "error", "PSCulture", "IsLinux", "IsWindows", "IsMacOS",
    };
}

using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.ScriptBlocks.Reading;

/// <summary>
/// How a script uses one of its parameters: only as a number, so that a function of one variable can be handed the
/// number itself, or otherwise.
/// </summary>
/// <remarks>
/// A number is what arithmetic, comparisons, functions of [Math] and conversions to numbers take. As soon as the
/// parameter, or a variable that is given it, is indexed, enumerated, unpacked, piped, asked for a member or handed
/// to anything else, it is an array. What + and * make of it is looked at further, for they make a list of an array:
/// where that is indexed, enumerated or unpacked, the parameter is an array too. Truth, text and mere output do for
/// both. Where nothing decides, it is an array.
/// </remarks>
internal sealed class ParameterUse
{
    enum Use { Either, Number, Array }

    static readonly string[] Item = ["_", "PSItem"];
    static readonly string[] Numeric = ["math", "System.Math", "PhysOpt.Math", "double", "System.Double", "MathF", "System.MathF", "float"];

    readonly ScriptBlockAst body;
    readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase); // the parameter, and variables that are given it
    readonly HashSet<string> made = new(StringComparer.OrdinalIgnoreCase); // variables that are given what + and * make of it
    readonly bool isAutomatic; // $_ and $args: each block inside has its own

    ParameterUse(ScriptBlockAst body, params string[] parameter)
    {
        (this.body, isAutomatic) = (body, parameter[0] is "_" or "args");
        names.UnionWith(parameter);
    }

    /// <summary>Where the parameter stands in the script, or a variable that was given it.</summary>
    IEnumerable<VariableExpressionAst> Variables() => VariableName.All<VariableExpressionAst>(body)
        .Where(variable => names.Contains(VariableName.Of(variable)) || made.Contains(VariableName.Of(variable)))
        .Where(variable => variable.Parent is not ParameterAst && !IsShadowed(variable));

    /// <summary>True where a script uses its parameter of an index only as a number.</summary>
    /// <param name="script">The script of a block or function.</param>
    /// <param name="index">Which parameter, counted from 0. A block without parameters has them in $args.</param>
    internal static bool IsNumber(Ast script, int index)
    {
        var body = script as ScriptBlockAst ?? (script as FunctionDefinitionAst)?.Body;
        if (body is null) return false;
        var parameters = body.ParamBlock?.Parameters ?? (script as FunctionDefinitionAst)?.Parameters;
        if (IsItem(script)) return index == 0 && new ParameterUse(body, Item[0], Item[1]).OfVariables() == Use.Number;
        if (parameters is not { Count: > 0 }) return new ParameterUse(body, "args").OfArguments(index) == Use.Number;
        if (index >= parameters.Count) return false;
        var type = parameters[index].StaticType;
        if (type == typeof(object)) return new ParameterUse(body, VariableName.Of(parameters[index].Name)).OfVariables() == Use.Number;
        return IsNumeric(Nullable.GetUnderlyingType(type) ?? type);
    }

    /// <summary>True for a script without parameters that looks for its argument in $_, as filters do.</summary>
    internal static bool IsItem(Ast script)
    {
        var body = script as ScriptBlockAst ?? (script as FunctionDefinitionAst)?.Body;
        if (body is null || body.ParamBlock is not null || (script as FunctionDefinitionAst)?.Parameters is { Count: > 0 }) return false;
        var (item, arguments) = (new ParameterUse(body, Item[0], Item[1]), new ParameterUse(body, "args"));
        return item.Variables().Any() && !arguments.Variables().Any();
    }

    Use OfVariables()
    {
        var use = Use.Either;
        for (var before = 0; before != names.Count + made.Count && use != Use.Array;)
        {
            (before, use) = (names.Count + made.Count, Use.Either);
            foreach (var variable in Variables().ToList())
                use = Both(use, variable.Splatted ? Use.Array : Of(variable, isMade: !names.Contains(VariableName.Of(variable))));
        }

        return use;
    }

    /// <summary>$args[index] is the parameter; $args in any other place may be anything.</summary>
    Use OfArguments(int index)
    {
        var use = Use.Either;
        foreach (var variable in Variables().ToList())
        {
            if (variable.Parent is not IndexExpressionAst { Index: ConstantExpressionAst { Value: int at } } argument) return Use.Array;
            if (argument.Target != variable) return Use.Array;
            if (at == index) use = Both(use, Of(argument, isMade: false));
        }

        return names.Count + made.Count > 1 ? Use.Array : use;
    }

    /// <summary>What the place of a part says.</summary>
    /// <param name="part">An expression whose value is the parameter, or was made of it by + or *.</param>
    /// <param name="isMade">Whether it was made of it: then it can be handed on as the number that it is.</param>
    Use Of(Ast part, bool isMade)
    {
        var handedOn = isMade ? Use.Either : Use.Array;
        switch (part.Parent)
        {
            case ParenExpressionAst or CommandExpressionAst:
                return Of(part.Parent, isMade);
            case PipelineAst pipeline:
                return pipeline.PipelineElements.Count > 1 ? handedOn : Of(pipeline, isMade);
            case StatementBlockAst { Statements.Count: 1, Parent: SubExpressionAst whole }:
                return Of(whole, isMade);
            case StatementBlockAst { Statements.Count: 1, Parent: ArrayExpressionAst }:
                return handedOn;
            case ForEachStatementAst or MemberExpressionAst { Static: false } and not InvokeMemberExpressionAst:
                return Use.Array;
            case StatementBlockAst or NamedBlockAst or ReturnStatementAst or ExpandableStringExpressionAst:
            case IfStatementAst or LoopStatementAst or SwitchStatementAst:
                return Use.Either;
            case UnaryExpressionAst unary:
                return Unary(unary.TokenKind);
            case BinaryExpressionAst binary:
                return Binary(binary, part, isMade);
            case ConvertExpressionAst cast:
                return Type(cast.Type.TypeName);
            case IndexExpressionAst index:
                return index.Index == part ? Use.Number : Use.Array;
            case InvokeMemberExpressionAst call when call.Expression == part:
                return Use.Array;
            case InvokeMemberExpressionAst { Static: true, Expression: TypeExpressionAst type } call when TypeRules.IsType(type.TypeName,
                Numeric):
                return Both(Use.Number, Of(call, true)); // of [PhysOpt.Math] it may be a Field
            case ArrayLiteralAst list:
                return Element(list, handedOn);
            case AssignmentStatementAst assignment:
                return Assignment(assignment, part, isMade);
            case CommandAst command:
                return command.GetCommandName() is { } name && CommandRules.IsTalking(name) ? Use.Either : handedOn;
            // it came after the language that the module is compiled against
            case { } other when other.GetType().Name == "TernaryExpressionAst":
                return other.GetType().GetProperty("Condition")?.GetValue(other) == part ? Use.Either : Of(other, isMade);
            default:
                return handedOn;
        }
    }

    static Use Unary(TokenKind kind) => kind switch
    {
        TokenKind.Minus or TokenKind.Plus or TokenKind.Bnot => Use.Number,
        TokenKind.PlusPlus or TokenKind.MinusMinus or TokenKind.PostfixPlusPlus or TokenKind.PostfixMinusMinus => Use.Number,
        TokenKind.Not or TokenKind.Exclaim => Use.Either,
        _ => Use.Array,
    };

    Use Binary(BinaryExpressionAst binary, Ast part, bool isMade)
    {
        var isLeft = binary.Left == part;
        var other = isLeft ? binary.Right : binary.Left;
        switch (binary.Operator)
        {
            case TokenKind.Plus:
                // an array on the left is continued
                return IsList(other) ? Use.Array : isLeft ? Both(Use.Number, Of(binary, true)) : Use.Number;
            case TokenKind.Multiply:
                return isLeft ? Both(Use.Number, Of(binary, true)) : Use.Number; // and repeated
            case TokenKind.Minus or TokenKind.Divide or TokenKind.Rem or TokenKind.DotDot:
            case TokenKind.Band or TokenKind.Bor or TokenKind.Bxor or TokenKind.Shl or TokenKind.Shr:
                return Use.Number;
            case TokenKind.And or TokenKind.Or or TokenKind.Xor or TokenKind.Format:
                return Use.Either;
            case TokenKind.Ieq or TokenKind.Ceq or TokenKind.Ine or TokenKind.Cne or TokenKind.Ilt or TokenKind.Clt or TokenKind.Ile
                or TokenKind.Cle
                or TokenKind.Igt or TokenKind.Cgt or TokenKind.Ige or TokenKind.Cge:
                // of an array on the left those are taken for which it holds
                return isLeft ? Both(Use.Number, Of(binary, true)) : Use.Number;
            case TokenKind.Iin or TokenKind.Cin or TokenKind.Inotin or TokenKind.Cnotin:
                return isLeft || isMade ? Use.Number : Use.Array;
            case TokenKind.Icontains or TokenKind.Ccontains or TokenKind.Inotcontains or TokenKind.Cnotcontains:
                return isLeft ? Use.Array : Use.Number;
            case TokenKind.As:
                return isLeft && binary.Right is TypeExpressionAst type ? Type(type.TypeName) : Use.Array;
            default:
                return Use.Array;
        }
    }

    /// <summary>An element of a list that is written down: an array there would lie in an array.</summary>
    static Use Element(ArrayLiteralAst list, Use handedOn)
    {
        Ast place = list;
        while (place.Parent is ParenExpressionAst or CommandExpressionAst or PipelineAst or ArrayLiteralAst) place = place.Parent;
        return place.Parent switch
        {
            CommandAst or InvokeMemberExpressionAst or HashtableAst => handedOn,
            BinaryExpressionAst { Operator: TokenKind.Format } => Use.Either,
            AssignmentStatementAst assignment when assignment.Left == place => Use.Either,
            _ => Use.Number,
        };
    }

    Use Assignment(AssignmentStatementAst assignment, Ast part, bool isMade)
    {
        var isPlain = assignment.Operator == TokenKind.Equals;
        if (assignment.Left == part) return isPlain ? Use.Either : IsList(assignment.Right) ? Use.Array : Use.Number;
        if (!isPlain) return Use.Number;
        switch (assignment.Left)
        {
            case VariableExpressionAst variable:
                (isMade ? made : names).Add(VariableName.Of(variable));
                return Use.Either;
            case ConvertExpressionAst typed:
                return Type(typed.Type.TypeName);
            case IndexExpressionAst:
                return Use.Number;
            default:
                return Use.Array;
        }
    }

    /// <summary>Something that is a list wherever it stands.</summary>
    static bool IsList(Ast? ast) => ast switch
    {
        ArrayLiteralAst or ArrayExpressionAst or UnaryExpressionAst { TokenKind: TokenKind.Comma } => true,
        ConvertExpressionAst cast => cast.Type.TypeName.IsArray,
        BinaryExpressionAst { Operator: TokenKind.Plus or TokenKind.Multiply } binary => IsList(binary.Left),
        BinaryExpressionAst { Operator: TokenKind.DotDot } => true,
        ParenExpressionAst paren => IsList(paren.Pipeline),
        PipelineAst { PipelineElements: [CommandExpressionAst only] } => IsList(only.Expression),
        CommandExpressionAst only => IsList(only.Expression),
        _ => false,
    };

    static Use Type(ITypeName name) => name.GetReflectionType() switch
    {
        { } type when IsNumeric(type) => Use.Number,
        { } type when type == typeof(string) || type == typeof(bool) => Use.Either,
        _ => Use.Array,
    };

    static bool IsNumeric(Type type) =>
        (System.Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal && !type.IsEnum)
        || type == typeof(Half) || type == typeof(System.Numerics.BigInteger);

    /// <summary>
    /// True where a variable belongs to a block or function inside, which has a parameter of that name.
    /// </summary>
    bool IsShadowed(VariableExpressionAst variable)
    {
        if (!VariableName.IsLocal(variable)) return true;
        var name = VariableName.Of(variable);
        for (var outer = variable.Parent; outer is not null && outer != body; outer = outer.Parent)
        {
            var parameters = outer switch
            {
                ScriptBlockAst block => block.ParamBlock?.Parameters,
                FunctionDefinitionAst function => function.Parameters,
                _ => null,
            };
            if (parameters?.Any(each => VariableName.Of(each.Name).Equals(name, StringComparison.OrdinalIgnoreCase)) == true) return true;
            if (isAutomatic && outer is ScriptBlockAst) return true;
        }

        return false;
    }

    static Use Both(Use a, Use b) => a > b ? a : b;
}

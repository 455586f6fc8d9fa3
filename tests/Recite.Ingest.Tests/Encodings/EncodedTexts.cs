namespace Recite.Ingest.Tests.Encodings;

/// <summary>Sentences of our own in several languages, each long enough to be recognized and matched.</summary>
internal static class EncodedTexts
{
    public const string German = "Die große Brücke über den Fluß führt zu einer kleinen Stadt, in der fünf müde Männer süße Äpfel äßen, wenn sie welche hätten; aber die Körbe sind längst leer und die Straßen naß.";

    public const string Russian = "Большой мост через реку ведёт в маленький город, где пять усталых людей ели бы сладкие яблоки, если бы они у них были; но корзины давно пусты, а улицы мокры от дождя.";

    public const string Japanese = "川にかかる大きな橋は小さな町へ続いている。そこには疲れた男が五人いて、りんごがあれば食べただろう。しかし籠はとっくに空になり、道は雨で濡れていた。カメラとテレビもない。";

    public const string Chinese = "河上的大桥通向一个小城，城里有五个疲倦的男人，如果他们有苹果，他们就会吃；但是篮子早已空了，街道也被雨水打湿了。没有人知道明天会发生什么事情，大家都在等待。";

    public const string TraditionalChinese = "河上的大橋通向一個小城，城裡有五個疲倦的男人，如果他們有蘋果，他們就會吃；但是籃子早已空了，街道也被雨水打濕了。沒有人知道明天會發生什麼事情，大家都在等待。";

    public const string Korean = "강 위의 큰 다리는 작은 도시로 이어지고, 그곳에는 지친 남자 다섯 명이 있어서 사과가 있었다면 먹었을 것이다. 그러나 바구니는 오래전에 비었고 거리는 비에 젖어 있었다.";
}
